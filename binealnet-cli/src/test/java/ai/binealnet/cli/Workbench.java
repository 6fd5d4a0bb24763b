package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Small real data, tiny trainings, and the command as a process of its own. */
final class Workbench {
  static final int TRAIN = 200;
  static final int TEST = 40;
  private static final int RECORD = 3073;
  private static final long PROCESS_SECONDS = 120;

  private final Path root;

  Workbench(Path root) {
    this.root = root;
  }

  Path path(String name) {
    return root.resolve(name);
  }

  String name(String name) {
    return root.resolve(name).toString();
  }

  /** A folder with the first records of the samples. */
  Path data(String name) throws IOException {
    Path samples = Home.samples("cifar10");
    Path data = Files.createDirectories(path(name));
    cut(samples.resolve("data_batch_1.bin"), data.resolve("data_batch_1.bin"), TRAIN);
    cut(samples.resolve("test_batch.bin"), data.resolve("test_batch.bin"), TEST);
    Files.copy(samples.resolve("batches.meta.txt"), data.resolve("batches.meta.txt"));
    return data;
  }

  private static void cut(Path from, Path to, int records) throws IOException {
    Files.write(to, Arrays.copyOf(Files.readAllBytes(from), records * RECORD));
  }

  /** A training of seconds: 2 epochs of 18 steps. */
  static String[] tinyTraining(Path data, Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "classify",
                "--data",
                data.toString(),
                "--out",
                out.toString(),
                "backbone.network=resnet8",
                "backbone.width=0.5",
                "backbone.stem=FAST",
                "training.epochs=2",
                "training.batch=10",
                "training.checkpointSteps=4"));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  /** A picture file. */
  Path picture(String name, int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 7);
    }
    Path file = path(name);
    ImageFiles.writePng(new Image(height, width, 3, pixels), file);
    return file;
  }

  /** The weights of a run. */
  static byte[] weights(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoint"))) {
      List<Path> weights = files.filter(file -> file.toString().endsWith(".safetensors")).toList();
      assertThat(weights).hasSize(1);
      return Files.readAllBytes(weights.get(0));
    }
  }

  static Path weightsFile(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run.resolve("checkpoint"))) {
      return files
          .filter(file -> file.toString().endsWith(".safetensors"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** A copy of a folder. */
  Path copy(Path from, String name) throws IOException {
    return copy(from, path(name));
  }

  static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.copy(file, to.resolve(from.relativize(file).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return to;
  }

  /** Files that a write left unfinished. */
  List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".part")).toList();
    }
  }

  /** Starts the command in a process, through a shell that first runs {@code prelude}. */
  Process start(String prelude, Path log, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", prelude + " exec \"$@\"", "sh"));
    command.addAll(java());
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** What starts the command. */
  static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx1g",
        "-XX:TieredStopAtLevel=1", // processes of seconds end before optimizing pays
        "-XX:-UsePerfData",
        "-Djava.awt.headless=true",
        "-cp",
        System.getProperty("java.class.path"),
        Main.class.getName());
  }

  /** Deletes a folder, if there is one. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static int exitCode(Process process) throws InterruptedException {
    if (!process.waitFor(PROCESS_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end within " + PROCESS_SECONDS + " s");
    }
    return process.exitValue();
  }
}
