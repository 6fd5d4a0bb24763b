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
    return new EnlargerCard(number(metadata, SCALE, origin), number(metadata, REACH, origin));
  }

  private static int number(Map<String, String> metadata, String key, String origin) {
    String text = metadata.getOrDefault(key, "nothing");
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new UserError(
          origin + " is no super-resolution model",
          "a number as metadata entry " + key,
          text,
          "export it again with binealnet export",
          e);
    }
  }
}
