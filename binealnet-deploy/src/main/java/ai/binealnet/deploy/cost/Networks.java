package ai.binealnet.deploy.cost;

import ai.binealnet.deploy.cost.Shapes.Bits;
import ai.binealnet.deploy.cost.Shapes.Image;

/**
 * Layer lists of the networks that publications compare, at 224 x 224 pixels and 1000 classes:
 * ResNet-18 (He et al., 2016) in 8 bits, as BiNeal network (Nie et al., 2022) and as Bi-Real net
 * (Liu et al., 2018), ReActNet-A (Liu et al., 2020, arXiv 2003.03488), and a fully convolutional
 * ResNet-18 for segmentation.
 */
public final class Networks {
  private static final int CLASSES = 1000;
  private static final int CHANNELS = 64;
  private static final Image IMAGENET = new Image(224, 224, 3);
  private static final Image CITY = new Image(512, 1024, 3);
  private static final int[] STRIDES = {1, 2, 2, 2};

  /** Stages three and four dilated: an eighth of the image's resolution is kept. */
  private static final int[] DILATED = {1, 2, 1, 1};

  private static final int CITY_CLASSES = 19;
  private static final Bits HEAD = new Bits(8, 8, 0, 32);

  private Networks() {}

  /** Adds the layers of one residual block and returns its output. */
  private interface Block {
    Image add(Shapes shapes, String name, Image in, int filters, int stride);
  }

  /** ResNet-18 in 8 bits. */
  public static Network resNet18(double width) {
    return classifier(
        "ResNet-18 x%s, 8 bits".formatted(factor(width)),
        width,
        new Bits(8, 8, 0, 8),
        HEAD,
        Networks::basicBlock);
  }

  /**
   * BiNeal network: bits between layers, INT4 sums, first and last layer in 8 bits.
   *
   * @param downSampleKernel kernel of the skip where the resolution halves, 1 or 3
   */
  public static Network biNeal(double width, int downSampleKernel) {
    return classifier(
        "BiNeal ResNet-18 x%s%s"
            .formatted(factor(width), downSampleKernel == 1 ? "" : ", 3x3 down-sampling skips"),
        width,
        new Bits(8, 8, 0, 1),
        HEAD,
        biNealBlock(downSampleKernel));
  }

  /**
   * Bi-Real net of 18 layers: a stream of numbers with an identity round each binary convolution.
   *
   * @param stream bits of the stream
   * @param edges bits of the weights of first and last layer and of the 1x1 shortcuts, and of what
   *     the last two read
   */
  public static Network biReal(int stream, int edges) {
    return classifier(
        "Bi-Real-18, %d-bit stream, %d-bit edges".formatted(stream, edges),
        1,
        new Bits(8, edges, 0, stream + 1),
        new Bits(edges, edges, 0, 32),
        biRealBlock(stream, edges));
  }

  /**
   * ReActNet-A: MobileNet's layer list with binary 3x3 and 1x1 convolutions, each with an identity
   * round it; where channels double, two 1x1 convolutions stand side by side.
   *
   * @param stream bits of the stream
   * @param edges bits of the weights of first and last layer
   */
  public static Network reActNetA(int stream, int edges) {
    Shapes shapes = new Shapes();
    Bits bits = new Bits(1, 1, stream, stream + 1);
    Image x = shapes.conv("stem", IMAGENET, 32, 3, 2, new Bits(8, edges, 0, stream + 1));
    int[] filters = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    for (int i = 0; i < filters.length; i++) {
      boolean widens = filters[i] > x.channels();
      String name = "block" + i;
      x = shapes.conv(name + ".conv3", x, x.channels(), 3, widens && i > 0 ? 2 : 1, bits);
      Image half = shapes.conv(name + ".conv1a", x, x.channels(), 1, 1, bits);
      x = widens ? shapes.conv(name + ".conv1b", x, x.channels(), 1, 1, bits) : half;
      x = new Image(x.height(), x.width(), filters[i]);
    }
    shapes.linear("logits", x.channels(), CLASSES, new Bits(edges, edges, 0, 32));
    return new Network(
        "ReActNet-A, %d-bit stream, %d-bit edges".formatted(stream, edges), shapes.layers());
  }

  /** Segmentation at 512 x 1024: a dilated ResNet-18 in 8 bits, a 3x3 and a 1x1 convolution. */
  public static Network segmenter8Bit() {
    Bits bits = new Bits(8, 8, 0, 8);
    return segmenter("FCN ResNet-18 x1, 8 bits", 1, bits, Networks::basicBlock, bits);
  }

  /** The same as BiNeal network, the head's 3x3 convolution binary too. */
  public static Network segmenterBiNeal(double width) {
    return segmenter(
        "FCN BiNeal ResNet-18 x" + factor(width),
        width,
        new Bits(8, 8, 0, 1),
        biNealBlock(1),
        new Bits(1, 1, 0, 8));
  }

  private static Network classifier(String name, double width, Bits stem, Bits head, Block block) {
    Shapes shapes = new Shapes();
    Image x = backbone(shapes, IMAGENET, width, STRIDES, stem, block);
    shapes.linear("logits", x.channels(), CLASSES, head);
    return new Network(name, shapes.layers());
  }

  private static Network segmenter(String name, double width, Bits stem, Block block, Bits neck) {
    Shapes shapes = new Shapes();
    Image x = backbone(shapes, CITY, width, DILATED, stem, block);
    x = shapes.conv("head.conv", x, x.channels() / 4, 3, 1, neck);
    shapes.conv("head.logits", x, CITY_CLASSES, 1, 1, HEAD);
    return new Network(name, shapes.layers());
  }

  private static Image backbone(
      Shapes shapes, Image image, double width, int[] strides, Bits stem, Block block) {
    int filters = (int) Math.round(CHANNELS * width);
    Image x = shapes.conv("stem", image, filters, 7, 2, stem).after(filters, 2); // maximum pooling
    for (int s = 0; s < strides.length; s++) {
      String stage = "stage" + (s + 1);
      x = block.add(shapes, stage + ".block0", x, filters << s, strides[s]);
      x = block.add(shapes, stage + ".block1", x, filters << s, 1);
    }
    return x;
  }

  private static Image basicBlock(Shapes shapes, String name, Image in, int filters, int stride) {
    Bits bits = new Bits(8, 8, 0, 8);
    Image x = shapes.conv(name + ".conv1", in, filters, 3, stride, bits);
    if (in.channels() != filters) {
      shapes.conv(name + ".skip", in, filters, 1, stride, bits);
    }
    return shapes.conv(name + ".conv2", x, filters, 3, 1, new Bits(8, 8, 8, 8));
  }

  private static Block biNealBlock(int downSampleKernel) {
    return (shapes, name, in, filters, stride) -> {
      Image x = shapes.conv(name + ".conv1", in, filters, 3, stride, new Bits(1, 1, 0, 1));
      int kernel = stride > 1 ? downSampleKernel : 1;
      shapes.conv(name + ".skip", in, filters, kernel, stride, new Bits(1, 1, 0, 4));
      return shapes.conv(name + ".conv2", x, filters, 3, 1, new Bits(1, 1, 4, 1));
    };
  }

  private static Block biRealBlock(int stream, int edges) {
    Bits bits = new Bits(1, 1, stream, stream + 1);
    return (shapes, name, in, filters, stride) -> {
      Image x = shapes.conv(name + ".conv1", in, filters, 3, stride, bits);
      if (in.channels() != filters) {
        Image averaged = in.after(in.channels(), stride);
        shapes.conv(name + ".skip", averaged, filters, 1, 1, new Bits(edges, edges, 0, stream));
      }
      return shapes.conv(name + ".conv2", x, filters, 3, 1, bits);
    };
  }

  private static String factor(double width) {
    return width == Math.rint(width) ? Integer.toString((int) width) : Double.toString(width);
  }
}
