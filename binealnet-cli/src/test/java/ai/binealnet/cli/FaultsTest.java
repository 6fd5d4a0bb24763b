package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.classify.Classify;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as a process that is killed at random moments, or whose disk fails. What it leaves is
 * whole or absent, and the next start goes on. See docs/reliability.md.
 */
@Tag("slow")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FaultsTest {
  private static final long SEED = Long.getLong("faults.seed", 1);
  private static final int KILLS = Integer.getInteger("faults.kills", 50);

  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;
  private static Path whole;
  private static long trainingMillis;

  @BeforeAll
  static void trainUndisturbed() throws IOException, InterruptedException {
    bench = new Workbench(root);
    data = bench.data("data");
    whole = bench.path("whole");
    trainingMillis = millis(Workbench.tinyTraining(data, whole));
  }

  /** How long a command takes that is left alone. */
  private static long millis(String... args) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path log = bench.path("log");
    int code = bench.start("", log, args).waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
    return millisSince(start);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** Kills commands of one kind at moments chosen by chance. */
  private static final class Killer {
    private final SplittableRandom random = new SplittableRandom(SEED);

    /** How long the last one took that came to its end: others use this machine too. */
    private long millis;

    private Killer(long millis) {
      this.millis = millis;
    }

    /** Whether it was killed before its end. */
    private boolean isKilled(String... args) throws IOException, InterruptedException {
      long start = System.nanoTime();
      Process process = bench.start("", bench.path("log"), args);
      boolean ended = process.waitFor(random.nextLong(millis / 4, millis), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor(); // SIGKILL
      if (ended) {
        millis = millisSince(start);
        assertThat(process.exitValue()).as(Files.readString(bench.path("log"))).isZero();
      }
      return !ended;
    }
  }

  private static String[] resumption(Path run) {
    return new String[] {"train", "classify", "--resume", run.toString()};
  }

  @Test
  void shouldResumeKilledTrainingsToTheSameBytes() throws Exception {
    Killer killer = new Killer(trainingMillis);
    int kills = 0;
    int finished = 0;
    StringBuilder moments = new StringBuilder();
    while (kills < KILLS * 2 / 5) {
      Path run = bench.path("killed-" + finished);
      boolean killed = true;
      while (killed && kills < KILLS * 2 / 5) {
        boolean begun = RunFolder.isRun(run);
        killed = killer.isKilled(begun ? resumption(run) : Workbench.tinyTraining(data, run));
        kills += killed ? 1 : 0;
        moments.append(killed ? position(run) : "end").append("; ");
      }
      Run last = Run.of(RunFolder.isRun(run) ? resumption(run) : Workbench.tinyTraining(data, run));
      assertThat(last.code()).as(last.err()).isZero();
      assertSameAsWhole(run);
      finished++;
    }
    System.out.printf(
        "training: %d kills (seed %d), %d trainings ended in the bytes of the undisturbed one;"
            + " epoch.step of what was there: %s%n",
        kills, SEED, finished, moments);
  }

  /** The last checkpoint, which must be whole. */
  private static String position(Path run) throws IOException {
    Path state = run.resolve("checkpoint/state.json");
    if (!Files.exists(state)) {
      return RunFolder.isRun(run) ? "begun" : "nothing";
    }
    Classify.RUNS.load(run);
    return Files.readString(state)
        .replaceAll("(?s).*\"epoch\" : (\\d+).*\"step\" : (\\d+),\\s*\"lossSum.*", "$1.$2");
  }

  private static void assertSameAsWhole(Path run) throws IOException {
    assertThat(Workbench.weights(run)).isEqualTo(Workbench.weights(whole));
    for (String name : List.of("checkpoint/state.json", "layers.csv", "config.yaml")) {
      assertThat(run.resolve(name)).hasSameBinaryContentAs(whole.resolve(name));
    }
    assertThat(withoutTime(run)).isEqualTo(withoutTime(whole));
    try (Stream<Path> files = Files.walk(run)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  private static List<Map<String, Double>> withoutTime(Path run) {
    List<Map<String, Double>> rows = RunLog.read(run.resolve("metrics.csv"));
    rows.forEach(row -> row.remove("seconds"));
    return rows;
  }

  @Test
  void shouldExportAllOrNothingWhenKilled() throws Exception {
    Path undisturbed = bench.path("undisturbed.onnx");
    Killer killer = new Killer(millis("export", whole.toString(), "-o", undisturbed.toString()));
    Path file = bench.path("killed.onnx");
    String[] export = {"export", whole.toString(), "-o", file.toString()};
    int kills = 0;
    int there = 0;
    while (kills < KILLS * 3 / 10) {
      kills += killer.isKilled(export) ? 1 : 0;
      if (Files.exists(file)) {
        assertThat(file).hasSameBinaryContentAs(undisturbed);
        Files.delete(file);
        there++;
      }
    }
    assertThat(Run.of(export).code()).isZero();
    assertThat(file).hasSameBinaryContentAs(undisturbed);
    System.out.printf(
        "export: %d kills (seed %d), the file was whole %d times, else absent%n",
        kills, SEED, there);
  }

  @Test
  void shouldLeaveWholeReportsOnlyWhenKilled() throws Exception {
    Path out = bench.path("report");
    String[] report = {
      "report",
      whole.toString(),
      "-o",
      out.toString(),
      "--seconds",
      "0.01",
      "--threads",
      "1",
      "--no-memory",
      "--force"
    };
    Killer killer = new Killer(millis(report));
    int kills = 0;
    int there = 0;
    while (kills < KILLS - KILLS * 2 / 5 - KILLS * 3 / 10) {
      Workbench.delete(out);
      kills += killer.isKilled(report) ? 1 : 0;
      there += areWhole(out) ? 1 : 0;
    }
    assertThat(Run.of(report).code()).isZero();
    assertThat(areWhole(out)).isTrue();
    System.out.printf(
        "report: %d kills (seed %d), the files were whole %d times, else absent%n",
        kills, SEED, there);
  }

  /** False if there is none; every file that is there must be whole. */
  private static boolean areWhole(Path out) throws IOException {
    List<String> names =
        Stream.of("report.html", "report.png", "report.json")
            .filter(name -> Files.exists(out.resolve(name)))
            .toList();
    for (String name : names) {
      switch (name) {
        case "report.html" ->
            assertThat(Files.readString(out.resolve(name)).strip()).endsWith("</html>");
        case "report.png" -> assertThat(ImageFiles.read(out.resolve(name)).width()).isPositive();
        default -> new Run(0, Files.readString(out.resolve(name)), "").json();
      }
    }
    return !names.isEmpty();
  }

  @Test
  void shouldRefuseASecondProcessInARunFolder() throws Exception {
    Path run = bench.path("shared");
    Process first = bench.start("", bench.path("first.log"), Workbench.tinyTraining(data, run));
    while (first.isAlive() && !Files.exists(run.resolve("checkpoint/state.json"))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Run second = Run.of(resumption(run));
    assertThat(first.waitFor()).isZero();
    assertThat(second.code()).isEqualTo(1);
    assertThat(second.err()).contains("another process works in it");
    assertSameAsWhole(run);
  }

  /** Runs a script as root of a name space of its own, where it may mount file systems. */
  private static String inOwnMounts(String script) throws IOException, InterruptedException {
    Path log = bench.path("mounts.log");
    Process process =
        new ProcessBuilder("unshare", "-rm", "/bin/sh", "-ec", script)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    process.waitFor();
    return Files.readString(log);
  }

  private static String shell(String... args) {
    return Stream.concat(Workbench.java().stream(), Arrays.stream(args))
        .map(word -> "'" + word + "'")
        .collect(Collectors.joining(" "));
  }

  @Test
  void shouldResumeAfterAFullDiskAndRefuseAReadOnlyOne() throws Exception {
    Path disk = Files.createDirectory(bench.path("disk"));
    Path run = disk.resolve("run");
    Path kept = bench.path("kept");
    String mount = "mount -t tmpfs -o size=200k none '%s'; echo mounted; ".formatted(disk);
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/unshare")) && inOwnMounts(mount).contains("mounted"),
        "no name spaces for users here");
    String log =
        inOwnMounts(
            mount
                + shell(Workbench.tinyTraining(data, run))
                + " || echo full $?; mount -o remount,size=64m '"
                + disk
                + "'; "
                + shell(resumption(run))
                + " && cp -r '"
                + run
                + "' '"
                + kept
                + "'; mount -o remount,ro '"
                + disk
                + "'; "
                + shell(resumption(run))
                + " || echo resuming $?; "
                + shell(Workbench.tinyTraining(data, disk.resolve("other")))
                + " || echo training $?; "
                + shell("export", kept.toString(), "-o", disk.resolve("m.onnx").toString())
                + " || echo exporting $?");
    assertThat(log).contains("full 1", "resuming 1", "training 1", "exporting 1");
    assertThat(log).contains("cannot write", "free space", "cannot work in", "cannot create");
    assertThat(log).doesNotContain("unexpected", "at ai.binealnet");
    assertSameAsWhole(kept);
  }
}
