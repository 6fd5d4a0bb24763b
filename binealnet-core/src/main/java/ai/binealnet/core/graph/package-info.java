/**
 * The immutable export graph: {@link ai.binealnet.core.graph.ModelGraph}, its node records and
 * their geometry.
 *
 * <p>Layers emit the first kind of nodes (real-valued, NHWC float32); the lowering passes of {@code
 * binealnet-deploy} replace them by the second kind ({@link ai.binealnet.core.graph.PackedConv2d}
 * and friends: bits and 8-bit integers). Nothing here computes on tensors, and nothing here depends
 * on any other package.
 */
package ai.binealnet.core.graph;
