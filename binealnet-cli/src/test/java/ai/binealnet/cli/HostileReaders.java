package ai.binealnet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Everything that reads files from outside, each with good files to begin with. */
final class HostileReaders {
  private HostileReaders() {}

  /**
   * All of them.
   *
   * @param root an empty folder for their files
   */
  static List<HostileReader> all(Path root) throws IOException {
    return Stream.of(
            new HostilePictures(root),
            new HostileData(root),
            new HostileRuns(root),
            new HostileModels(root))
        .flatMap(group -> group.all().stream())
        .toList();
  }
}
