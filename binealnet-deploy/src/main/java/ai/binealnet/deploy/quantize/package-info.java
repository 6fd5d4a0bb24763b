/**
 * The 8-bit baseline: static post-training quantization of a full-precision network. {@link
 * ai.binealnet.deploy.quantize.Folding} turns a graph into steps, {@link
 * ai.binealnet.deploy.quantize.Calibrator} observes their results on training images, {@link
 * ai.binealnet.deploy.quantize.StaticQuantizer} chooses scales and rounds the weights. What comes
 * out is written by {@code deploy.onnx}.
 */
package ai.binealnet.deploy.quantize;
