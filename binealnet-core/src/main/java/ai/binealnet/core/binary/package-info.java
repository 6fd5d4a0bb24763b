/**
 * What makes a network binary: the operators that binarize weights and activations and quantize
 * sums, with their surrogate gradients, the packing convention of bits, and the flip ratio. Layers
 * that use them live in {@code nn}.
 */
package ai.binealnet.core.binary;
