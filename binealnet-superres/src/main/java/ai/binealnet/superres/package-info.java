/** Super-resolution: data, network, training and decoding. */
package ai.binealnet.superres;
