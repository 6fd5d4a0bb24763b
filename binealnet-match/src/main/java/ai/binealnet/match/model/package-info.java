/** The dense feature network and its configuration. */
package ai.binealnet.match.model;
