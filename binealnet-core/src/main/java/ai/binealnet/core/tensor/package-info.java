/**
 * Memory and arithmetic: {@link ai.binealnet.core.tensor.Tensor} (float32, channels last, owned by
 * ND4J), the pool that recycles it, and {@link ai.binealnet.core.tensor.Kernels}, the one interface
 * through which everything above computes.
 *
 * <p>{@link ai.binealnet.core.tensor.CpuKernels} implements it with oneDNN's convolutions and plain
 * Java loops; another device would be another implementation. No oneDNN or ND4J type leaves this
 * package. Gradients are only computed here, not chained: that is {@code autograd}'s work.
 */
package ai.binealnet.core.tensor;
