package ai.binealnet.core.backbone;

/** The first layer of a backbone. */
public enum StemKind {
  /** 3x3 convolution, stride 1: for 32x32 images. */
  CIFAR,
  /** 5x5 convolution, stride 2: for 32x32 images in a hurry. */
  FAST,
  /** 3x3 convolution, stride 1, then 3x3 maximum, stride 2: for 32x32 images and wide networks. */
  POOL,
  /** 7x7 convolution, stride 2, then 3x3 maximum, stride 2: for 224x224 images. */
  IMAGENET
}
