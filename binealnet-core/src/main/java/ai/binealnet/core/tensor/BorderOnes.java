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

  private final Parallel parallel;
  private final int inputChannels;
  private final int outputChannels;
  private final int taps;
  private final int pixelsPerImage;
  private final List<Pixel> border = new ArrayList<>();

  BorderOnes(Parallel parallel, Shape x, Shape weights, Shape y, ConvGeometry geometry) {
    this.parallel = parallel;
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
    float[][] biases = biases(tapSums(weights));
    parallel.run(
        y.shape().dim(0),
        (worker, from, to) -> {
          float[] values = new float[outputChannels];
          for (int n = from; n < to; n++) {
            for (int p = 0; p < biases.length; p++) {
              float[] bias = biases[p];
              int at = (n * pixelsPerImage + border.get(p).index) * outputChannels;
              y.read(at, values, outputChannels);
              for (int o = 0; o < outputChannels; o++) {
                values[o] += bias[o];
              }
              y.write(at, values, outputChannels);
            }
          }
        });
  }

  /** What each border pixel lacks, [border][outputChannels]. */
  private float[][] biases(float[] tapSums) {
    float[][] biases = new float[border.size()][outputChannels];
    for (int p = 0; p < biases.length; p++) {
      for (int tap : border.get(p).outside) {
        for (int o = 0; o < outputChannels; o++) {
          biases[p][o] += tapSums[tap * outputChannels + o];
        }
      }
    }
    return biases;
  }

  /**
   * Adds to {@code dw} what the +1 of the padding contributes, the same for every input channel.
   */
  void backwardWeights(Tensor dy, Tensor dw) {
    float[][] sums = borderSums(dy);
    float[] perTap = new float[taps * outputChannels];
    for (int p = 0; p < sums.length; p++) {
      for (int tap : border.get(p).outside) {
        for (int o = 0; o < outputChannels; o++) {
          perTap[tap * outputChannels + o] += sums[p][o];
        }
      }
    }
    float[] gradient = dw.toArray();
    for (int row = 0; row < taps * inputChannels; row++) {
      int tap = row / inputChannels * outputChannels;
      for (int o = 0; o < outputChannels; o++) {
        gradient[row * outputChannels + o] += perTap[tap + o];
      }
    }
    dw.set(gradient);
  }

  /** Each border pixel of {@code dy} summed over the images, [border][outputChannels]. */
  private float[][] borderSums(Tensor dy) {
    int images = dy.shape().dim(0);
    float[][] sums = new float[border.size()][outputChannels];
    parallel.run(
        sums.length,
        (worker, from, to) -> {
          float[] values = new float[outputChannels];
          for (int p = from; p < to; p++) {
            float[] sum = sums[p];
            for (int n = 0; n < images; n++) {
              dy.read(
                  (n * pixelsPerImage + border.get(p).index) * outputChannels,
                  values,
                  outputChannels);
              for (int o = 0; o < outputChannels; o++) {
                sum[o] += values[o];
              }
            }
          }
        });
    return sums;
  }

  private float[] tapSums(Tensor weights) {
    float[] w = weights.toArray();
    float[] sums = new float[taps * outputChannels];
    for (int row = 0; row < taps * inputChannels; row++) {
      int tap = row / inputChannels * outputChannels;
      for (int o = 0; o < outputChannels; o++) {
        sums[tap + o] += w[row * outputChannels + o];
      }
    }
    return sums;
  }
}
