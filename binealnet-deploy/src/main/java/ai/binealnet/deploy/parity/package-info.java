/**
 * Proof that every implementation computes the same bits: a plain Java interpreter of graphs, ONNX
 * Runtime on the exported file, and whatever else implements {@link
 * ai.binealnet.deploy.parity.Implementation} (training does), compared value by value.
 *
 * <p>Everything here favours plainness over speed.
 */
package ai.binealnet.deploy.parity;
