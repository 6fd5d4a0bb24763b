package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.train.FolderLock;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ExperimentTest {
  private static final String BASE =
      """
      base:
        backbone: {network: resnet8, width: 0.5, stem: FAST}
        training: {epochs: 2, batch: 10, checkpointSteps: 4}
      seeds: [1, 2]
      """;
  private static final String TWO_ROWS =
      BASE
          + """
          rows:
            - name: stream
              published: 0.5
              settings: []
            - name: bineal
              settings: [backbone.block=BINEAL]
          """;

  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;

  @BeforeAll
  static void cutData() throws IOException {
    bench = new Workbench(root);
    data = bench.data("data");
  }

  private static Path file(String name, String content) throws IOException {
    return Files.writeString(bench.path(name + ".yaml"), content);
  }

  private static String[] experiment(Path file, Path out, String... more) {
    String[] args = new String[more.length + 6];
    List<String> first =
        List.of("experiment", file.toString(), "--data", data.toString(), "--out", out.toString());
    System.arraycopy(first.toArray(String[]::new), 0, args, 0, 6);
    System.arraycopy(more, 0, args, 6, more.length);
    return args;
  }

  private static double storedTop1(Path out, String row, int seed) throws IOException {
    Path result = out.resolve(row).resolve("seed" + seed).resolve("result.json");
    return new ObjectMapper().readTree(result.toFile()).get("top1").asDouble();
  }

  @Test
  @Timeout(300)
  void shouldContinueAfterAKillAndPutTheResultsIntoATable()
      throws IOException, InterruptedException {
    Path table = file("two", TWO_ROWS);
    Path out = bench.path("two");
    Process process = bench.start("", bench.path("log"), experiment(table, out));
    Path second = out.resolve("bineal/seed1/checkpoint/state.json");
    while (process.isAlive() && !Files.exists(second)) {
      Thread.sleep(2);
    }
    process.destroyForcibly(); // SIGKILL
    process.waitFor();
    Path finished = out.resolve("stream/seed1/result.json");
    assertThat(finished).as(Files.readString(bench.path("log"))).exists();
    assertThat(out.resolve("bineal/seed1/result.json")).doesNotExist();
    FileTime before = Files.getLastModifiedTime(finished);

    Run run = Run.of(experiment(table, out, "--json"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("3 of 4 trainings to do", "bineal, seed 1: continuing", "table: about 0:00:")
        .doesNotContain("stream, seed 1: ");
    assertThat(Files.getLastModifiedTime(finished)).isEqualTo(before);
    checkRows(run.json().get("rows"), out);
    checkFiles(out);
    Path uninterrupted = bench.path("uninterrupted");
    String[] alone =
        Workbench.tinyTraining(data, uninterrupted, "backbone.block=BINEAL", "training.seed=1");
    assertThat(Run.of(alone).code()).isZero();
    assertThat(Workbench.weights(out.resolve("bineal/seed1")))
        .isEqualTo(Workbench.weights(uninterrupted));

    Run again = Run.of(experiment(table, out));
    assertThat(again.code()).isZero();
    assertThat(again.err()).contains("0 of 4 trainings to do");
    assertThat(again.out()).contains("stream", "0.5000", "table.md");
    refuseChanges(table, out);
  }

  private static void checkRows(JsonNode rows, Path out) throws IOException {
    assertThat(rows).hasSize(2);
    for (JsonNode row : rows) {
      String name = row.get("name").asText();
      double one = storedTop1(out, name, 1);
      double two = storedTop1(out, name, 2);
      assertThat(row.get("top1").get(0).asDouble()).isEqualTo(one);
      assertThat(row.get("top1").get(1).asDouble()).isEqualTo(two);
      assertThat(row.get("mean").asDouble()).isCloseTo((one + two) / 2, within(1e-12));
      assertThat(row.get("spread").asDouble()).isCloseTo(Math.abs(one - two), within(1e-12));
    }
    assertThat(rows.get(0).get("published").asDouble()).isEqualTo(0.5);
    assertThat(rows.get(1).get("published").isNull()).isTrue();
  }

  private static void checkFiles(Path out) throws IOException {
    double one = storedTop1(out, "stream", 1);
    double two = storedTop1(out, "stream", 2);
    String line =
        "stream,0.5000,%s,%s,%s,%s"
            .formatted(
                Numbers.fixed((one + two) / 2, 4),
                Numbers.fixed(Math.abs(one - two), 4),
                Numbers.fixed(one, 4),
                Numbers.fixed(two, 4));
    assertThat(out.resolve("table.csv"))
        .content()
        .startsWith("name,published,mean,spread,seed1,seed2\n" + line + "\nbineal,,");
    assertThat(out.resolve("table.md"))
        .content()
        .contains("| row | published | mean |", "| stream | 0.5000 |", "| bineal | - |");
    BufferedImage picture = ImageIO.read(out.resolve("table.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(500);
  }

  private static void refuseChanges(Path table, Path out) throws IOException {
    Run changed = Run.of(experiment(table, out, "training.rate=0.05"));
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.err()).contains("was trained with other settings", "rate: 0.05", "--out");
    try (FolderLock lock = FolderLock.take(out)) {
      Run locked = Run.of(experiment(table, lock.folder()));
      assertThat(locked.code()).isEqualTo(1);
      assertThat(locked.err()).contains("another process works in it");
    }
    Files.writeString(out.resolve("stream/seed1/result.json"), "{}");
    Run damaged = Run.of(experiment(table, out));
    assertThat(damaged.code()).isEqualTo(1);
    assertThat(damaged.err()).contains("result.json", "delete the file");
  }

  @Test
  void shouldReportARowThatFailsAndTrainTheRest() throws IOException {
    String diverging =
        BASE.replace("epochs: 2", "epochs: 1")
            + "rows:\n"
            + "  - {name: wild, settings: [training.rate=1e38, training.schedule.warmup=0]}\n"
            + "  - {name: tame, settings: []}\n";
    Path out = bench.path("failing");

    Run run = Run.of(experiment(file("failing", diverging), out, "--json"));

    assertThat(run.code()).isEqualTo(1);
    JsonNode failed = run.json().get("failed");
    assertThat(failed).hasSize(2);
    assertThat(failed.get(0).get("row").asText()).isEqualTo("wild");
    assertThat(failed.get(0).get("what").asText()).contains("diverged");
    assertThat(run.json().get("rows").get(0).get("mean").isNull()).isTrue();
    assertThat(run.json().get("rows").get(1).get("top1")).hasSize(2);
    assertThat(out.resolve("table.csv")).content().contains("\nwild,,,,,\ntame,,0.");
  }

  private static void refuse(String content, String... parts) throws IOException {
    Path out = bench.path("never");
    Run run = Run.of(experiment(file("bad", content), out));
    assertThat(run.code()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).contains(parts).contains("what to do:").doesNotContain("unexpected");
    assertThat(out).doesNotExist();
  }

  private static void refuseRows(String rows, String... parts) throws IOException {
    refuse(BASE + "rows:\n  - {name: fine, settings: []}\n" + rows.indent(2), parts);
  }

  @Test
  void shouldRefuseFilesThatAreNoExperiments() throws IOException {
    refuse("", "bad.yaml");
    refuse("rows: [", "bad.yaml");
    refuse("base: {}\ncolumns: []\n", "columns");
    refuse(BASE, "at least one row");
    refuse("base: 3\nrows: [{name: a, seeds: [1, 2]}]", "keys and values");
    Run missing = Run.of(experiment(bench.path("none.yaml"), bench.path("never")));
    assertThat(missing.err()).contains("none.yaml");
  }

  @Test
  void shouldRefuseRowsThatCannotBeTold() throws IOException {
    refuseRows("- {settings: []}", "name every row");
    refuseRows("- {name: ../up, settings: []}", "../up", "folder");
    refuseRows("- {name: Fine, settings: [training.rate=1]}", "Fine twice");
    refuseRows("- {name: b, seeds: [1]}", "two different seeds");
    refuseRows("- {name: b, seeds: [1, 2, 1]}", "seeds that differ");
    refuseRows("- {name: b, published: 95}", "(0, 1]");
    refuseRows("- {name: b, publish: 0.9}", "publish");
  }

  @Test
  void shouldRefuseUnknownAndContradictorySettings() throws IOException {
    refuseRows("- {name: b, settings: [training.epoch=3]}", "row b", "training.epoch");
    refuseRows("- {name: b, settings: [training.rate=fast]}", "row b", "rate");
    refuseRows("- {name: b, settings: [training.rate]}", "row b", "KEY=VALUE");
    refuseRows("- {name: b, settings: [backbone.network=resnet7]}", "row b", "resnet8");
    refuseRows("- {name: b, settings: [training.batch=5000]}", "row b", "batch");
    refuseRows("- {name: b, settings: [training.rate=1, training.rate=2]}", "one value of");
    refuseRows("- {name: b, settings: [training.seed=3]}", "list seeds instead");
    refuseRows(
        "- {name: b, settings: [backbone.block=BASIC, backbone.binary.scale=AFTER]}",
        "contradict",
        "backbone.binary.scale=AFTER");
    refuseRows("- {name: b, settings: [training.epochs=2]}", "fine and b train the same");
    refuse(TWO_ROWS.replace("epochs: 2", "seed: 2"), "list seeds instead");
  }

  @Test
  void shouldResolveEveryRowOfThePublishedTable() {
    Path published = Path.of("..", "experiments", "leapmind-table.yaml");
    Experiment experiment = ExperimentFile.read(published, List.of("training.epochs=400"));

    List<Trial> trials = ExperimentPlan.trials(experiment, root);

    assertThat(experiment.rows())
        .extracting(Experiment.Row::published)
        .containsExactly(0.9479, 0.9485, 0.922, 0.9112, 0.9214, 0.9235, 0.9076, 0.9102);
    assertThat(trials).hasSize(16);
    assertThat(trials.subList(0, 8)).allMatch(trial -> trial.seed() == 1);
    assertThat(trials).allMatch(trial -> trial.config().training().epochs() == 400);
  }
}
