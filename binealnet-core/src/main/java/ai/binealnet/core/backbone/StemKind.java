package ai.binealnet.core.backbone;

/** The first layer of a backbone. */
public enum StemKind {
  /** 3x3 convolution, stride 1: for 32x32 images. */
  CIFAR(1),
  /** 5x5 convolution, stride 2: for 32x32 images in a hurry. */
  FAST(2),
  /** 3x3 convolution, stride 1, then 3x3 maximum, stride 2: for 32x32 images and wide networks. */
  POOL(2),
  /** 7x7 convolution, stride 2, then 3x3 maximum, stride 2: for 224x224 images. */
  IMAGENET(4);

  private final int stride;

  StemKind(int stride) {
    this.stride = stride;
  }

  /** How many times coarser than the picture its output is. */
  public int stride() {
    return stride;
  }
}
