package ai.binealnet.superres.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * A tile's extent along one axis.
 *
 * @param from first pixel that the network sees
 * @param to the one after the last
 * @param keepFrom first pixel whose result is kept
 * @param keepTo the one after the last
 */
record Span(int from, int to, int keepFrom, int keepTo) {
  /**
   * Covers an axis by tiles of one length, whose kept parts lie side by side: each kept pixel has
   * {@code margin} neighbours on both sides, or all up to the picture's border.
   *
   * @param size of the picture
   * @param tile length of a tile, more than twice the margin; a shorter picture is one tile
   */
  static List<Span> cover(int size, int tile, int margin) {
    if (size <= tile) {
      return List.of(new Span(0, size, 0, size));
    }
    List<Span> spans = new ArrayList<>();
    int kept = 0;
    while (kept < size) {
      int from = Math.min(Math.max(0, kept - margin), size - tile);
      int to = from + tile;
      int keepTo = to == size ? size : to - margin;
      spans.add(new Span(from, to, kept, keepTo));
      kept = keepTo;
    }
    return spans;
  }

  int length() {
    return to - from;
  }

  /** The same in the coordinates of a picture that was continued by {@code edge}, kept inside. */
  Span inside(int edge, int size) {
    return new Span(
        from - edge,
        to - edge,
        Math.min(size, Math.max(0, keepFrom - edge)),
        Math.min(size, Math.max(0, keepTo - edge)));
  }

  /** The same on a picture that is larger by a factor. */
  Span times(int factor) {
    return new Span(from * factor, to * factor, keepFrom * factor, keepTo * factor);
  }
}
