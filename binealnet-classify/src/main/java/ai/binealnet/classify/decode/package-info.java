/** Raw outputs to results, shared by training and devices: no training code is used here. */
package ai.binealnet.classify.decode;
