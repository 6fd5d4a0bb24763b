package ai.binealnet.core.backbone;

/** What the configurations of all networks say: of which blocks and how wide. */
public interface NetworkForm {
  /** A readable name, such as {@code resnet20-x1.5-stream}. */
  String title();

  /** What the network is built from. */
  BlockKind block();

  /** Factor on the channels. */
  double width();
}
