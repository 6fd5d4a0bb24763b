/**
 * What a device needs: open a model file, check that it is whole, run it. Only ONNX Runtime and the
 * JDK here; no training class.
 */
package ai.binealnet.deploy.runtime;
