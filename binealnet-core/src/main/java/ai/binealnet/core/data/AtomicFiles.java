package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Writes files so that a reader sees the old content or the new one, never a part, even after a
 * power cut.
 */
public final class AtomicFiles {
  private static final String PART = ".part";

  private AtomicFiles() {}

  /**
   * Writes a file: to a temporary file in the same folder, forced to disk, then renamed over the
   * target; the folder is forced to disk too, so that of two files written one after the other no
   * power cut leaves the second alone. On failure the target is untouched and the temporary file is
   * removed.
   *
   * @throws UserError if the file cannot be written (folder missing, no permission, disk full)
   */
  public static void write(Path file, byte[] content) {
    writeAll(Map.of(file, content));
  }

  /**
   * Writes files that belong together: all of them completely to temporary files in their folders,
   * forced to disk, before the first is renamed over its target. If one cannot be written, all
   * targets are untouched and the temporary files are removed. Each file is old or new at any time;
   * only a power cut between the renames leaves some of the old ones.
   *
   * @param contents by file
   * @throws UserError if one cannot be written (folder missing, no permission, disk full)
   */
  public static void writeAll(Map<Path, byte[]> contents) {
    Map<Path, Path> parts = new LinkedHashMap<>();
    for (Map.Entry<Path, byte[]> entry : contents.entrySet()) {
      Path part = part(entry.getKey());
      parts.put(entry.getKey(), part);
      try {
        writeForced(part, entry.getValue());
      } catch (IOException e) {
        throw failed(entry.getKey(), parts.values(), e);
      }
    }
    Set<Path> folders = new LinkedHashSet<>();
    for (Map.Entry<Path, Path> entry : parts.entrySet()) {
      folders.add(entry.getValue().getParent());
      try {
        Files.move(
            entry.getValue(),
            entry.getKey().toAbsolutePath(),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw failed(entry.getKey(), parts.values(), e);
      }
    }
    folders.forEach(AtomicFiles::force);
  }

  /** Makes the names last that a folder holds now. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows and some network file systems cannot; the files themselves are complete on disk.
    }
  }

  /** Whether a file is what a process left that was killed while it wrote. */
  public static boolean isPart(Path file) {
    return file.getFileName().toString().endsWith(PART);
  }

  private static Path part(Path file) {
    Path target = file.toAbsolutePath();
    return target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + PART);
  }

  private static void writeForced(Path part, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static UserError failed(Path file, Collection<Path> parts, IOException cause) {
    for (Path part : parts) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
    return new UserError(
        "cannot write " + file,
        "an existing, writable folder with free space",
        cause.toString(),
        "check the folder, its permissions and the disk",
        cause);
  }
}
