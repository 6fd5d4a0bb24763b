package ai.binealnet.core.report;

import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** Writes texts beside things so that they cover neither the things nor each other. */
final class Labels {
  private static final int GAP = 5;

  /** How many lines a text may move away from what it names. */
  private static final int FARTHEST = 4;

  private final Graphics2D graphics;
  private final Rectangle canvas;
  private final List<Rectangle> taken = new ArrayList<>();

  /**
   * Nothing is in the way yet.
   *
   * @param graphics with font and colour
   * @param canvas what texts must not leave
   */
  Labels(Graphics2D graphics, Rectangle canvas) {
    this.graphics = graphics;
    this.canvas = canvas;
  }

  /** What texts must not cover. */
  void avoid(List<Rectangle> things) {
    taken.addAll(things);
  }

  /**
   * Writes a text at the first free place beside a thing, or a little farther away.
   *
   * @return where
   */
  Rectangle draw(String text, Rectangle thing) {
    FontMetrics font = graphics.getFontMetrics();
    List<Rectangle> places = places(thing, font.stringWidth(text), font.getHeight());
    Rectangle place =
        places.stream()
            .filter(each -> canvas.contains(each) && taken.stream().noneMatch(each::intersects))
            .findFirst()
            .orElse(places.get(0));
    taken.add(place);
    graphics.drawString(text, place.x, place.y + font.getAscent());
    return place;
  }

  private static List<Rectangle> places(Rectangle thing, int width, int height) {
    int right = thing.x + thing.width + GAP;
    int left = thing.x - GAP - width;
    int centre = thing.x + (thing.width - width) / 2;
    int middle = thing.y + (thing.height - height) / 2;
    List<Rectangle> places = new ArrayList<>();
    for (int line = 0; line <= FARTHEST; line++) {
      int away = line * height;
      places.add(new Rectangle(right, middle - away, width, height));
      places.add(new Rectangle(right, middle + away, width, height));
      places.add(new Rectangle(centre, thing.y - GAP - height - away, width, height));
      places.add(new Rectangle(centre, thing.y + thing.height + GAP + away, width, height));
      places.add(new Rectangle(left, middle - away, width, height));
    }
    return places;
  }
}
