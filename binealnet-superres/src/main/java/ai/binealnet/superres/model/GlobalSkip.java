package ai.binealnet.superres.model;

/** How the picture itself reaches the output, so that the network only adds what is missing. */
public enum GlobalSkip {
  /** Bicubic scaling: a fixed 5x5 convolution of the pixels with 8-bit weights. */
  BICUBIC,
  /** Each pixel repeated. */
  NEAREST
}
