package ai.binealnet.segment.decode;

import java.awt.Color;

/** Colours of classes: the same class number has the same colour in every picture. */
public final class Palette {
  /** Steps of the golden angle spread any number of hues evenly. */
  private static final double GOLDEN = 0.618033988749895;

  private static final float[] SATURATION = {0.85f, 0.55f, 0.95f};
  private static final float[] BRIGHTNESS = {0.95f, 0.85f, 0.65f};

  private Palette() {}

  /** The colour of a class; void is black. */
  public static Color of(int label) {
    if (label == LabelMap.VOID) {
      return Color.BLACK;
    }
    float hue = (float) (0.58 + label * GOLDEN);
    return Color.getHSBColor(
        hue, SATURATION[label % SATURATION.length], BRIGHTNESS[label % BRIGHTNESS.length]);
  }
}
