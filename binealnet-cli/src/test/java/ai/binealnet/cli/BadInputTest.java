package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each with a clear message, exit code 1 or 2, and nothing left half-written. */
class BadInputTest {
  @TempDir static Path root;

  private static Workbench bench;
  private static Path data;
  private static Path run;
  private static Path model;

  @BeforeAll
  static void trainAndExport() throws IOException {
    bench = new Workbench(root);
    data = bench.data("data");
    run = bench.path("run");
    model = bench.path("m.onnx");
    assertThat(Run.of(Workbench.tinyTraining(data, run, "training.epochs=1")).code()).isZero();
    assertThat(Run.of("export", run.toString(), "-o", model.toString()).code()).isZero();
  }

  @AfterEach
  void shouldLeaveNothingHalfWritten() throws IOException {
    assertThat(bench.leftovers()).isEmpty();
    assertThat(bench.path("new")).doesNotExist();
    assertThat(bench.path("new.onnx")).doesNotExist();
  }

  /** Runs a command twice, for people and as JSON, and expects the same failure. */
  private static void fail(String[] args, String... parts) {
    Run text = Run.of(args);
    assertThat(text.code()).as(text.out() + text.err()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).contains("error: ", "expected:", "actual:", "what to do:");
    assertThat(text.err()).contains(parts).doesNotContain("at ai.binealnet", "unexpected");
    String[] withJson = Arrays.copyOf(args, args.length + 1);
    withJson[args.length] = "--json";
    Run json = Run.of(withJson);
    assertThat(json.code()).isEqualTo(1);
    JsonNode error = json.json().get("error");
    assertThat(error.get("what").asText()).isNotBlank();
    assertThat(error.get("remedy").asText()).isNotBlank();
  }

  private static void failTraining(Path data, String... parts) {
    fail(Workbench.tinyTraining(data, bench.path("new")), parts);
  }

  @Test
  void shouldRefuseAMissingDataFile() throws IOException {
    Path broken = bench.data("missing");
    Files.delete(broken.resolve("test_batch.bin"));
    failTraining(broken, "test_batch.bin");
    fail(new String[] {"data", "check", bench.name("nowhere")}, "nowhere");
  }

  @Test
  void shouldReportAMissingDataFileInDataCheck() throws IOException {
    Path broken = bench.data("missing2");
    Files.delete(broken.resolve("test_batch.bin"));
    Run check = Run.of("data", "check", broken.toString(), "--json");
    assertThat(check.code()).isEqualTo(1);
    assertThat(check.json().get("ok").asBoolean()).isFalse();
    assertThat(check.json().get("findings").toString()).contains("test_batch.bin");
  }

  @Test
  void shouldRefuseATruncatedDataFile() throws IOException {
    Path broken = bench.data("truncated");
    truncate(broken.resolve("data_batch_1.bin"), 5000);
    failTraining(broken, "data_batch_1.bin", "3073");
  }

  @Test
  void shouldRefuseAFileThatIsNoImage() throws IOException {
    Path text = Files.writeString(bench.path("notes.png"), "no picture");
    fail(predict(text), "notes.png");
    Path cut = bench.picture("cut.png", 32, 32);
    truncate(cut, 60);
    fail(predict(cut), "cut.png");
    fail(predict(bench.path("none.png")), "no such file");
  }

  @Test
  void shouldRefuseAPictureOfAnotherSize() {
    fail(predict(bench.picture("large.png", 50, 70)), "32 rows", "50 rows x 70", "--resize");
  }

  @Test
  void shouldRefuseAnInputSizeThatTheNetworkCannotProcess() {
    fail(
        Workbench.tinyTraining(data, bench.path("new"), "input.height=30", "input.width=30"),
        "30 rows x 30 columns",
        "input.height");
    fail(
        Workbench.tinyTraining(data, bench.path("new"), "input.height=4", "input.width=4"),
        "4 rows x 4 columns");
    fail(Workbench.tinyTraining(data, bench.path("new"), "training.batch=5000"), "batch size");
  }

  @Test
  void shouldRefuseUnknownAndUnusableSettings() throws IOException {
    fail(Workbench.tinyTraining(data, bench.path("new"), "training.epoch=3"), "training.epoch");
    fail(Workbench.tinyTraining(data, bench.path("new"), "training.epochs=many"), "epochs");
    fail(Workbench.tinyTraining(data, bench.path("new"), "training.epochs=0"), "epochs");
    fail(Workbench.tinyTraining(data, bench.path("new"), "nonsense"), "key=value");
    fail(Workbench.tinyTraining(data, bench.path("new"), "backbone.network=resnet7"), "resnet8");
    Path config = Files.writeString(bench.path("c.yaml"), "training:\n  epocs: 3\n");
    fail(Workbench.tinyTraining(data, bench.path("new"), "--config", config.toString()), "epocs");
    Files.writeString(config, "training: [1, 2\n");
    fail(Workbench.tinyTraining(data, bench.path("new"), "--config", config.toString()), "c.yaml");
  }

  @Test
  void shouldRefuseRecipesThatContradictThemselves() {
    Path out = bench.path("new");
    fail(Workbench.tinyTraining(data, out, "training.schedule.warmup=3"), "training.epochs");
    fail(Workbench.tinyTraining(data, out, "training.schedule.cycle=0"), "cycle");
    fail(Workbench.tinyTraining(data, out, "training.nesterov=true", "training.momentum=0"), "SGD");
    fail(Workbench.tinyTraining(data, out, "training.distillation.weight=1"), "teacher");
    fail(
        Workbench.tinyTraining(
            data,
            out,
            "training.distillation.weight=1",
            "training.distillation.teacher=" + bench.path("nowhere")),
        "nowhere");
    fail(Workbench.tinyTraining(data, out, "training.stage=weights"), "--init RUN");
    fail(Workbench.tinyTraining(data, out, "training.stage=activations"), "activations=true");
    fail(Workbench.tinyTraining(data, out, "augment.mixup=1", "training.batch=1"), "mixup");
    fail(Workbench.tinyTraining(data, out, "augment.cutout=40"), "augment.cutout");
    fail(
        Workbench.tinyTraining(data, out, "--init", run.toString(), "backbone.width=1"),
        "do not fit",
        "--init-backbone");
  }

  @Test
  void shouldStartTheWholeNetworkFromARun() {
    Path out = bench.path("continued");
    Run train =
        Run.of(
            Workbench.tinyTraining(
                data, out, "--init", run.toString(), "training.epochs=1", "augment=false"));
    assertThat(train.code()).as(train.err()).isZero();
    String[] both = {"--init", run.toString(), "--init-backbone", run.toString()};
    assertThat(Run.of(Workbench.tinyTraining(data, bench.path("new"), both)).code()).isEqualTo(2);
    String[] resumed = {"train", "classify", "--resume", out.toString(), "--init", run.toString()};
    assertThat(Run.of(resumed).code()).isEqualTo(2);
  }

  @Test
  void shouldRefuseACheckpointOfAnotherArchitecture() throws IOException {
    Path other = bench.copy(run, "other");
    Path config = other.resolve("config.yaml");
    Files.writeString(config, Files.readString(config).replace("width: 0.5", "width: 1.0"));
    fail(export(other), "another network");
    fail(eval(other), "another network");
    fail(new String[] {"train", "classify", "--resume", other.toString()}, "another network");
  }

  @Test
  void shouldRefuseADamagedCheckpoint() throws IOException {
    Path cut = bench.copy(run, "cutrun");
    truncate(Workbench.weightsFile(cut), 1000);
    fail(export(cut), "damaged", "SHA-256");
    Path altered = bench.copy(run, "altered");
    alter(Workbench.weightsFile(altered), 5000);
    fail(export(altered), "damaged or was altered");
    fail(eval(altered), "damaged or was altered");
    Path stateless = bench.copy(run, "stateless");
    truncate(stateless.resolve("checkpoint/state.json"), 20);
    fail(eval(stateless), "state.json");
    fail(eval(bench.path("nothing")), "nothing");
  }

  @Test
  void shouldExportARunWhoseLogHasNoRow() throws IOException {
    Path unlogged = bench.copy(run, "unlogged");
    Files.writeString(unlogged.resolve("metrics.csv"), "epoch,loss\n");
    Run export = Run.of("export", unlogged.toString(), "-o", bench.name("unlogged.onnx"));
    assertThat(export.code()).as(export.err()).isZero();
  }

  @Test
  void shouldRefuseADamagedModel() throws IOException {
    Path cut = Files.copy(model, bench.path("cut.onnx"));
    truncate(cut, (int) Files.size(cut) - 100);
    Path altered = Files.copy(model, bench.path("altered.onnx"));
    alter(altered, (int) Files.size(altered) / 2);
    for (Path broken : new Path[] {cut, altered}) {
      String name = broken.getFileName().toString();
      fail(eval(broken), name);
      fail(new String[] {"verify", broken.toString()}, name);
      fail(new String[] {"summary", broken.toString()}, name);
      String picture = bench.picture("p.png", 32, 32).toString();
      fail(new String[] {"predict", broken.toString(), picture, "-o", bench.name("new")}, name);
    }
    fail(new String[] {"verify", bench.name("none.onnx")}, "none.onnx");
  }

  @Test
  void shouldRefuseARunThatTheModelDoesNotComeFrom() {
    Path other = bench.path("other-run");
    assertThat(
            Run.of(Workbench.tinyTraining(data, other, "training.epochs=1", "training.seed=2"))
                .code())
        .isZero();
    fail(
        new String[] {"verify", model.toString(), "--run", other.toString()},
        "was not written from the run");
  }

  @Test
  void shouldRefuseOutputPathsThatCannotBeUsed() throws IOException {
    byte[] before = Files.readAllBytes(model);
    fail(new String[] {"export", run.toString(), "-o", model.toString()}, "exists", "--force");
    assertThat(Files.readAllBytes(model)).isEqualTo(before);
    fail(new String[] {"export", run.toString(), "-o", data.toString()}, "a folder");
    fail(
        new String[] {"export", run.toString(), "-o", bench.name("no/such/m.onnx")},
        "no such folder");
    fail(
        new String[] {"export", run.toString(), "-o", model.resolve("m.onnx").toString()},
        "a file");
    fail(Workbench.tinyTraining(data, run), "in use", "--resume");
    fail(Workbench.tinyTraining(data, model), "in use");
    fail(Workbench.tinyTraining(data, model.resolve("run")), "cannot create the run folder");
    String picture = bench.picture("q.png", 32, 32).toString();
    fail(
        new String[] {"predict", model.toString(), picture, "-o", data.toString()}, "new or empty");
  }

  @Test
  void shouldRefuseToReplaceADevice() {
    fail(
        new String[] {"export", run.toString(), "-o", "/dev/full", "--force"},
        "cannot write /dev/full");
  }

  @Test
  void shouldReportAFullDiskWhileExporting() throws IOException, InterruptedException {
    Path log = bench.path("export.log");
    // A limit on the size of files fails writes half-way, as a full disk does, without privileges.
    Process export = bench.start("ulimit -f 16;", log, export(run));
    assertThat(Workbench.exitCode(export)).isEqualTo(1);
    assertThat(Files.readString(log)).contains("cannot write", "free space", "what to do:");
  }

  @Test
  void shouldReportAFullDiskWhileTrainingAndKeepTheRunResumable()
      throws IOException, InterruptedException {
    Path log = bench.path("train.log");
    Path full = bench.path("full");
    Process train = bench.start("ulimit -f 16;", log, Workbench.tinyTraining(data, full));
    assertThat(Workbench.exitCode(train)).isEqualTo(1);
    assertThat(Files.readString(log)).contains("cannot write", "free space", "what to do:");
    assertThat(Run.of("train", "classify", "--resume", full.toString()).code()).isZero();
  }

  @Test
  void shouldRefuseToPackAFullPrecisionNetwork() {
    Path twin = bench.path("twin");
    assertThat(
            Run.of(Workbench.tinyTraining(data, twin, "training.epochs=1", "backbone.block=BASIC"))
                .code())
        .isZero();
    fail(export(twin), "nothing to pack", "--kind fp32");
  }

  @Test
  void shouldNameTheTasksThereAre() {
    fail(
        new String[] {"train", "sorting", "--data", data.toString()},
        "no task sorting",
        "classify");
    fail(new String[] {"demo", "--task", "sorting"}, "no task sorting", "classify");
  }

  @Test
  void shouldEndWithTwoForBadUsage() {
    assertThat(Run.of("export", run.toString()).code()).isEqualTo(2);
    assertThat(Run.of("train", "classify").code()).isEqualTo(2);
    assertThat(Run.of("train", "classify", "--resume", run.toString(), "training.epochs=3").code())
        .isEqualTo(2);
    assertThat(Run.of("eval", run.toString(), "--data", data.toString(), "--split", "x").code())
        .isEqualTo(2);
    assertThat(Run.of("export", run.toString(), "-o", "m", "--kind", "int3").code()).isEqualTo(2);
    assertThat(Run.of("bench", "train", "--steps", "0").code()).isEqualTo(2);
    assertThat(Run.of("summary", "resnet20", "--input", "big").code()).isEqualTo(2);
  }

  private static String[] predict(Path picture) {
    return new String[] {"predict", model.toString(), picture.toString(), "-o", bench.name("new")};
  }

  private static String[] export(Path source) {
    return new String[] {"export", source.toString(), "-o", bench.name("new.onnx")};
  }

  private static String[] eval(Path subject) {
    return new String[] {"eval", subject.toString(), "--data", data.toString()};
  }

  private static void truncate(Path file, int length) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
  }

  private static void alter(Path file, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[position] ^= 1;
    Files.write(file, bytes);
  }
}
