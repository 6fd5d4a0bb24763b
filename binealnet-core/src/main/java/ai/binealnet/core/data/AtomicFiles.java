package ai.binealnet.core.data;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes files so that a reader sees the old content or the new one, never a part, even after a
 * power cut.
 */
public final class AtomicFiles {
  private AtomicFiles() {}

  /**
   * Writes a file: to a temporary file in the same folder, forced to disk, then renamed over the
   * target. On failure the target is untouched and the temporary file is removed.
   *
   * @throws UserError if the file cannot be written (folder missing, no permission, disk full)
   */
  public static void write(Path file, byte[] content) {
    Path target = file.toAbsolutePath();
    Path part =
        target.resolveSibling(target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
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
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(file, part, e);
    }
  }

  private static UserError failed(Path file, Path part, IOException cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return new UserError(
        "cannot write " + file,
        "an existing, writable folder with free space",
        cause.toString(),
        "check the folder, its permissions and the disk",
        cause);
  }
}
