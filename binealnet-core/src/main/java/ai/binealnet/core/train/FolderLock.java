package ai.binealnet.core.train;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second process out of a folder; the system lets go of it when the process ends. */
public final class FolderLock implements AutoCloseable {
  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Takes a folder.
   *
   * @throws UserError if another process has it, or it cannot be written
   */
  public static FolderLock take(Path folder) {
    try {
      FileChannel channel =
          FileChannel.open(
              folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FolderLock lock = new FolderLock(folder, channel);
      if (!lock.succeeds()) {
        channel.close();
        throw new UserError(
            "cannot work in " + folder,
            "a folder that no other process works in",
            "another process works in it",
            "wait for it to end, or work in another folder");
      }
      return lock;
    } catch (IOException e) {
      throw new UserError(
          "cannot work in " + folder, "a writable folder", e.toString(), "check the folder", e);
    }
  }

  private boolean succeeds() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process has it
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
