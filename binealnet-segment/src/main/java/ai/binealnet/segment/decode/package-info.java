/**
 * Raw outputs to label maps, and label maps to pictures, shared by training and devices: no
 * training code is used here.
 */
package ai.binealnet.segment.decode;
