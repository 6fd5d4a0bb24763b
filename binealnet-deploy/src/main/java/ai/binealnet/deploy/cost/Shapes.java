package ai.binealnet.deploy.cost;

import java.util.ArrayList;
import java.util.List;

/** Collects layers, given the image that each reads; kernels are padded by half. */
final class Shapes {
  private final List<LayerWork> layers = new ArrayList<>();

  /** Extents of an image. */
  record Image(int height, int width, int channels) {
    Image after(int filters, int stride) {
      return new Image((height + stride - 1) / stride, (width + stride - 1) / stride, filters);
    }

    private long numbers() {
      return (long) height * width * channels;
    }
  }

  /** Bits of a layer's numbers; residual 0 for none. */
  record Bits(int input, int weight, int residual, int output) {}

  List<LayerWork> layers() {
    return layers;
  }

  /** Adds a convolution and returns its output. */
  Image conv(String name, Image in, int filters, int kernel, int stride, Bits bits) {
    Image out = in.after(filters, stride);
    int depth = kernel * kernel * in.channels();
    long pixels = (long) out.height() * out.width();
    add(name, depth, filters, pixels, in.numbers(), bits);
    return out;
  }

  /** Adds a fully connected layer. */
  void linear(String name, int features, int outputs, Bits bits) {
    add(name, features, outputs, 1, features, bits);
  }

  private void add(String name, int depth, int filters, long pixels, long inputs, Bits bits) {
    layers.add(
        new LayerWork(
            name,
            depth,
            filters,
            pixels,
            inputs,
            bits.input(),
            bits.weight(),
            bits.residual(),
            bits.output()));
  }
}
