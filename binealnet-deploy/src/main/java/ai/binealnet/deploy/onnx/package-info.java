/**
 * Model files: {@link ai.binealnet.deploy.onnx.OnnxWriter} turns a graph, lowered or not, into
 * ONNX.
 *
 * <p>Lowered nodes are written in domain {@code ai.binealnet}, and each operator used is also
 * defined in the file as a function over standard operators, so that any ONNX Runtime computes the
 * same bits.
 */
package ai.binealnet.deploy.onnx;
