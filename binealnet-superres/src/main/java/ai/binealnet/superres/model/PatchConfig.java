package ai.binealnet.superres.model;

/**
 * How training patches are cut; their size is the input's.
 *
 * @param perPicture patches that an epoch takes from each picture, at least 1
 * @param dihedral whether patches are mirrored and turned
 */
public record PatchConfig(int perPicture, boolean dihedral) {
  /** Checks the number. */
  public PatchConfig {
    if (perPicture < 1) {
      throw new IllegalArgumentException(
          "augment.perPicture must be at least 1, got " + perPicture);
    }
  }
}
