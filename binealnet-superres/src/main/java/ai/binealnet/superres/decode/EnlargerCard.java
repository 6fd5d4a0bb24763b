package ai.binealnet.superres.decode;

import ai.binealnet.core.graph.UserError;
import java.util.Map;

/**
 * What a device must know of a super-resolution model besides its graph; travels in the model
 * file's metadata.
 *
 * @param scale how many times higher and wider pictures become
 * @param reach how many small pixels around one decide about it
 */
public record EnlargerCard(int scale, int reach) {
  /**
   * By so many of its own pixels a picture is continued beyond its border, where the network's
   * first layers would see nothing: the taps of bicubic scaling.
   */
  public static final int EDGE = 2;

  private static final int MOST = 8;
  private static final int FARTHEST = 500;
  private static final String SCALE = "superres.scale";
  private static final String REACH = "superres.reach";

  /** As entries of the metadata. */
  public Map<String, String> toMetadata() {
    return Map.of(SCALE, Integer.toString(scale), REACH, Integer.toString(reach));
  }

  /**
   * Reads the entries that {@link #toMetadata} wrote.
   *
   * @param origin the file, for the error
   * @throws UserError if one is missing or no number
   */
  public static EnlargerCard of(Map<String, String> metadata, String origin) {
    return new EnlargerCard(
        number(metadata, SCALE, 1, MOST, origin), number(metadata, REACH, 0, FARTHEST, origin));
  }

  private static int number(
      Map<String, String> metadata, String key, int least, int most, String origin) {
    String text = metadata.getOrDefault(key, "nothing");
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unusable(key, least, most, text, origin, e);
    }
    throw unusable(key, least, most, text, origin, null);
  }

  private static UserError unusable(
      String key, int least, int most, String text, String origin, Exception cause) {
    return new UserError(
        origin + " is no super-resolution model",
        "a number from %d to %d as metadata entry %s".formatted(least, most, key),
        text,
        "export it again with binealnet export",
        cause);
  }
}
