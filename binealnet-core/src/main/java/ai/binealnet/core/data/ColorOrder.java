package ai.binealnet.core.data;

/** The order of the channels that a network expects. */
public enum ColorOrder {
  /** Red, green, blue. */
  RGB(3),
  /** Blue, green, red. */
  BGR(3),
  /** One channel of luma. */
  GREY(1);

  private final int channels;

  ColorOrder(int channels) {
    this.channels = channels;
  }

  /** The number of channels, 3 or 1. */
  public int channels() {
    return channels;
  }
}
