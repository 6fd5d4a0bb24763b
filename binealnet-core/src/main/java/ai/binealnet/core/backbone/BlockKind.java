package ai.binealnet.core.backbone;

/** The block that a backbone is made of. */
public enum BlockKind {
  /** 1-bit paths only, INT4 sums. */
  BINEAL,
  /** Binary convolutions around an 8-bit residual stream. */
  STREAM,
  /** Full precision, the twin that binary networks are compared with. */
  BASIC
}
