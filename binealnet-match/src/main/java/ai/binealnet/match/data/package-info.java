/** Training pairs made from single pictures, and sequences of real pictures to judge on. */
package ai.binealnet.match.data;
