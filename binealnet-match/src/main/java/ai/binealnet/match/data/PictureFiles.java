package ai.binealnet.match.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.nio.file.Path;
import java.util.List;

/**
 * Pictures to make training pairs from.
 *
 * @param files in a fixed order
 */
public record PictureFiles(List<Path> files) implements Dataset<Image> {
  /** Copies the list. */
  public PictureFiles {
    files = List.copyOf(files);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Image get(int index) {
    return ImageFiles.read(files.get(index));
  }
}
