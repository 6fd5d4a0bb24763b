/**
 * From a trained network to a device: {@link ai.binealnet.deploy.Exporter} lowers a graph and
 * writes the model file. The packages below hold the parts: {@code lower}, {@code quantize}, {@code
 * onnx}, {@code runtime} and {@code parity}.
 */
package ai.binealnet.deploy;
