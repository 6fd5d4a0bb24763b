package ai.binealnet.core.instrument;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the instruments remember between checkpoints, in {@code instruments-EPOCH-STEP.bin} beside
 * the checkpoint of that position. It is written before the checkpoint, and the one before is kept,
 * so that there is one for the checkpoint that a kill leaves behind.
 */
final class WatchState {
  private static final int FORMAT = 1;
  private static final int KEPT = 2;
  private static final String FILES = "instruments-*.bin";

  private final Path folder;

  WatchState(Path folder) {
    this.folder = folder;
  }

  private Path file(Checkpoint.Position position) {
    return folder.resolve("instruments-%04d-%06d.bin".formatted(position.epoch(), position.step()));
  }

  /**
   * Saves the watches' memory for a checkpoint of this position.
   *
   * @throws UserError if it cannot be written
   */
  void save(Checkpoint.Position position, List<ParameterWatch> watches) {
    Path file = file(position);
    try {
      Files.createDirectories(folder);
      AtomicFiles.write(file, bytes(watches));
      List<Path> files = files();
      for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
        Files.delete(old);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot write " + file, "a writable folder", e.toString(), "check the folder", e);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, FILES)) {
      found.forEach(files::add);
    }
    files.sort(Comparator.comparing(Path::getFileName));
    return files;
  }

  private static byte[] bytes(List<ParameterWatch> watches) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      for (ParameterWatch watch : watches) {
        watch.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return bytes.toByteArray();
  }

  /**
   * Restores what was remembered at a position; without a file, as in a run of an older version,
   * the watches start there.
   *
   * @throws UserError if the file is damaged
   */
  void restore(Checkpoint.Position position, List<ParameterWatch> watches) {
    Path file = file(position);
    if (!Files.exists(file)) {
      return;
    }
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      int format = in.readInt();
      if (format != FORMAT) {
        throw new IOException("format " + format);
      }
      for (ParameterWatch watch : watches) {
        watch.read(in);
      }
    } catch (IOException e) {
      throw new UserError(
          "cannot read " + file,
          "what the instruments of this run wrote",
          e.toString(),
          "delete it; the flip ratios of this epoch then count from here",
          e);
    }
  }
}
