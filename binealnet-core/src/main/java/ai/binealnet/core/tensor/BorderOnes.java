package ai.binealnet.core.tensor;

import ai.binealnet.core.graph.ConvGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a convolution with zero padding into one with +1 padding. The difference is a constant for
 * each border pixel: the weights of the taps that fall outside, summed over input channels. It
 * needs no padded copy of the activations, touches only the border and is exact on integers.
 */
final class BorderOnes {
  /** An output pixel and the taps of its window that fall outside the image. */
  private record Pixel(int index, int[] outside) {}

  private final int inputChannels;
  private final int outputChannels;
  private final int taps;
  private final int pixelsPerImage;
  private final List<Pixel> border = new ArrayList<>();

  BorderOnes(Shape x, Shape weights, Shape y, ConvGeometry geometry) {
    inputChannels = weights.dim(2);
    outputChannels = weights.dim(3);
    taps = geometry.taps();
    pixelsPerImage = y.dim(1) * y.dim(2);
    for (int pixel = 0; pixel < pixelsPerImage; pixel++) {
      int[] outside = outside(x, pixel / y.dim(2), pixel % y.dim(2), geometry);
      if (outside.length > 0) {
        border.add(new Pixel(pixel, outside));
      }
    }
  }

  private static int[] outside(Shape x, int oy, int ox, ConvGeometry geometry) {
    List<Integer> taps = new ArrayList<>();
    for (int tap = 0; tap < geometry.taps(); tap++) {
      int iy =
          oy * geometry.stride()
              - geometry.padding()
              + tap / geometry.kernelWidth() * geometry.dilation();
      int ix =
          ox * geometry.stride()
              - geometry.padding()
              + tap % geometry.kernelWidth() * geometry.dilation();
      if (iy < 0 || iy >= x.dim(1) || ix < 0 || ix >= x.dim(2)) {
        taps.add(tap);
      }
    }
    return taps.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Adds the outside taps' weights to the border pixels of {@code y}. */
  void forward(Tensor weights, Tensor y) {
    float[] tapSums = tapSums(weights);
    float[] bias = new float[outputChannels];
    float[] values = new float[outputChannels];
    int images = y.shape().dim(0);
    for (Pixel pixel : border) {
      java.util.Arrays.fill(bias, 0);
      for (int tap : pixel.outside) {
        for (int o = 0; o < outputChannels; o++) {
          bias[o] += tapSums[tap * outputChannels + o];
        }
      }
      for (int n = 0; n < images; n++) {
        int at = (n * pixelsPerImage + pixel.index) * outputChannels;
        y.read(at, values, outputChannels);
        for (int o = 0; o < outputChannels; o++) {
          values[o] += bias[o];
        }
        y.write(at, values, outputChannels);
      }
    }
  }

  /**
   * Adds to {@code dw} what the +1 of the padding contributes, the same for every input channel.
   */
  void backwardWeights(Tensor dy, Tensor dw) {
    float[] perTap = new float[taps * outputChannels];
    float[] values = new float[outputChannels];
    float[] sum = new float[outputChannels];
    int images = dy.shape().dim(0);
    for (Pixel pixel : border) {
      java.util.Arrays.fill(sum, 0);
      for (int n = 0; n < images; n++) {
        dy.read((n * pixelsPerImage + pixel.index) * outputChannels, values, outputChannels);
        for (int o = 0; o < outputChannels; o++) {
          sum[o] += values[o];
        }
      }
      for (int tap : pixel.outside) {
        for (int o = 0; o < outputChannels; o++) {
          perTap[tap * outputChannels + o] += sum[o];
        }
      }
    }
    float[] gradient = dw.toArray();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] +=
          perTap[i / (inputChannels * outputChannels) * outputChannels + i % outputChannels];
    }
    dw.set(gradient);
  }

  private float[] tapSums(Tensor weights) {
    float[] w = weights.toArray();
    float[] sums = new float[taps * outputChannels];
    for (int i = 0; i < w.length; i++) {
      sums[i / (inputChannels * outputChannels) * outputChannels + i % outputChannels] += w[i];
    }
    return sums;
  }
}
