/** What the detection network learns from, and how far it is from it. */
package ai.binealnet.detect.loss;
