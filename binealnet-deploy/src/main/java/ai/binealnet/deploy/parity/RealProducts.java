package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Linear;
import ai.binealnet.deploy.parity.Activation.Real;

/**
 * Convolution and fully connected layer on real numbers. Sums are formed in double and rounded to
 * float32 once, which is exact wherever float32 sums of quantized numbers are.
 */
final class RealProducts {
  private RealProducts() {}

  static Real conv2d(Conv2d conv, Real x) {
    Windows windows = new Windows(conv.geometry(), x);
    int channels = conv.inputChannels();
    int outputs = conv.outputChannels();
    int length = conv.geometry().taps() * channels;
    float padding = conv.binaryInput() ? 1f : 0f;
    int pixels = x.batch() * windows.outputHeight() * windows.outputWidth();
    float[] y = new float[pixels * outputs];
    float[] patch = new float[length];
    for (int pixel = 0; pixel < pixels; pixel++) {
      windows.taps(
          pixel,
          (tap, in) -> {
            for (int c = 0; c < channels; c++) {
              patch[tap * channels + c] = in < 0 ? padding : x.values()[in * channels + c];
            }
          });
      for (int o = 0; o < outputs; o++) {
        y[pixel * outputs + o] = dot(patch, 0, conv.weights(), o * length, length);
      }
    }
    return new Real(x.batch(), windows.outputHeight(), windows.outputWidth(), outputs, y);
  }

  static Real linear(Linear linear, Real x) {
    int in = linear.inputFeatures();
    int out = linear.outputFeatures();
    float[] y = new float[x.batch() * out];
    for (int n = 0; n < x.batch(); n++) {
      for (int o = 0; o < out; o++) {
        y[n * out + o] = dot(x.values(), n * in, linear.weights(), o * in, in) + linear.bias()[o];
      }
    }
    return new Real(x.batch(), 1, 1, out, y);
  }

  private static float dot(float[] a, int aOffset, float[] b, int bOffset, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[aOffset + i] * b[bOffset + i];
    }
    return (float) sum;
  }
}
