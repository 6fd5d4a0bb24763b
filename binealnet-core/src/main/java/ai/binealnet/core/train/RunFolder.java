package ai.binealnet.core.train;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.data.Folders;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of one training: {@code config.yaml}, {@code run.json}, {@code metrics.csv}, {@code
 * checkpoint/}, {@code layers.csv}, event files for TensorBoard, and for people {@code curves.png},
 * {@code pictures/}, {@code summary.txt}.
 *
 * @param root the folder
 */
public record RunFolder(Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Creates the folder of a new training.
   *
   * @throws UserError if something is there already, or it cannot be written
   */
  public static RunFolder create(Path root, Object config, RunInfo info) {
    requireFree(root);
    RunFolder run = new RunFolder(root);
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UserError(
          "cannot create the run folder " + root,
          "a writable place",
          e.toString(),
          "choose another one with --out",
          e);
    }
    try {
      AtomicFiles.write(run.info(), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(info));
      ConfigFile.write(run.config(), config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (UserError e) {
      run.discard(e);
      throw e;
    }
    return run;
  }

  /** Leaves an empty folder, which the next attempt may use. */
  private void discard(UserError reason) {
    try {
      Files.deleteIfExists(info());
      Files.deleteIfExists(config());
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Checks that a new training may use a folder.
   *
   * @throws UserError if it is a file or holds something, unless that is all that a training left
   *     which was killed before it began
   */
  public static void requireFree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    boolean folder = Files.isDirectory(root);
    if (!folder || !isEmpty(root) && !isStillborn(root)) {
      throw new UserError(
          "the output folder " + root + " is in use",
          "a new or empty folder",
          folder ? "a folder with files in it" : "a file",
          "choose another one with --out, or continue that run with --resume " + root);
    }
  }

  private static boolean isStillborn(Path root) {
    RunFolder run = new RunFolder(root);
    List<Path> own = List.of(run.info(), run.config());
    return !isRun(root)
        && Folders.list(root).stream().allMatch(f -> own.contains(f) || AtomicFiles.isPart(f));
  }

  /**
   * Deletes what processes left that were killed while they wrote. For the only process that works
   * in the folder.
   *
   * @throws UserError if that fails
   */
  public void deleteParts() {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(AtomicFiles::isPart).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw Folders.unreadable(root, e);
    }
  }

  private static boolean isEmpty(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      throw new UserError(
          "cannot read the folder " + folder,
          "a readable folder",
          e.toString(),
          "check its permissions",
          e);
    }
  }

  /** Whether a folder is one of a training. */
  public static boolean isRun(Path root) {
    RunFolder run = new RunFolder(root);
    return Files.isRegularFile(run.info()) && Files.isRegularFile(run.config());
  }

  /**
   * The folder of an earlier training.
   *
   * @throws UserError if it is none
   */
  public static RunFolder open(Path root) {
    if (!isRun(root)) {
      throw new UserError(
          root + " is no run folder",
          "a folder with config.yaml and run.json, made by binealnet train",
          Files.isDirectory(root)
              ? "a folder without them"
              : Files.exists(root) ? "a file" : "no such folder",
          "check the path; runs are under runs/ if not told otherwise");
    }
    return new RunFolder(root);
  }

  /**
   * Reads {@code run.json}.
   *
   * @throws UserError if it is damaged
   */
  public RunInfo readInfo() {
    try {
      RunInfo info = JSON.readValue(Files.readAllBytes(info()), RunInfo.class);
      return Objects.requireNonNull(info, "it holds nothing");
    } catch (IOException | RuntimeException e) {
      throw new UserError(
          "cannot read " + info(),
          "what binealnet train wrote",
          e.toString(),
          "restore the file, or use the version of BiNealNet that wrote it or a newer one",
          e);
    }
  }

  /** The configuration. */
  public Path config() {
    return root.resolve("config.yaml");
  }

  /** What the run was started with. */
  public Path info() {
    return root.resolve("run.json");
  }

  /** The run log. */
  public Path metrics() {
    return root.resolve("metrics.csv");
  }

  /** What the instruments saw of every layer. */
  public Path layers() {
    return root.resolve("layers.csv");
  }

  /** The folder of the weights. */
  public Path checkpoint() {
    return root.resolve("checkpoint");
  }

  /** The picture of the run log. */
  public Path curves() {
    return root.resolve("curves.png");
  }

  /** The folder of results as pictures. */
  public Path pictures() {
    return root.resolve("pictures");
  }

  /** The result in words. */
  public Path summary() {
    return root.resolve("summary.txt");
  }
}
