/** Image classification: data, network, training and decoding. */
package ai.binealnet.classify;
