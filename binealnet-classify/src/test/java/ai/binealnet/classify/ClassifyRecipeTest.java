package ai.binealnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.Trained;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recipes of a whole run: everything at once, two stages, teachers. */
class ClassifyRecipeTest extends SampleRuns {
  private Path teacher() {
    Path teacher = dir.resolve("teacher");
    if (!Files.exists(teacher)) {
      train("teacher", config("backbone.block=basic", "training.epochs=1"), Start.FRESH);
    }
    return teacher;
  }

  private ClassifyConfig everything(String... more) {
    List<String> settings = new ArrayList<>(Arrays.asList(more));
    settings.addAll(
        List.of(
            "training.ema=0.9",
            "training.normBatches=2",
            "training.clipNorm=5",
            "training.distillation.teacher=" + teacher(),
            "training.distillation.weight=0.5",
            "training.distillation.features=0.1",
            "augment.jitter.brightness=0.2",
            "augment.jitter.contrast=0.2",
            "augment.jitter.saturation=0.2",
            "augment.cutout=8",
            "augment.mixup=0.4"));
    return config(settings.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void shouldResumeTheWholeRecipeToTheSameBytes(int steps) throws IOException {
    train("whole", everything(), Start.FRESH);
    train("again", everything(), Start.FRESH);
    assertSameBytes(dir.resolve("again").resolve(WEIGHTS), dir.resolve("whole").resolve(WEIGHTS));
    Progress killed = new Killed(steps, new int[1]);
    assertThatExceptionOfType(Killed.Signal.class)
        .isThrownBy(
            () ->
                Classify.RUNS.train(
                    everything(), data, dir.resolve("part"), PROVENANCE, Start.FRESH, killed));

    Classify.RUNS.resume(dir.resolve("part"), null, Progress.NONE);

    assertSameBytes(dir.resolve("part").resolve(WEIGHTS), dir.resolve("whole").resolve(WEIGHTS));
    assertSameBytes(
        dir.resolve("part/checkpoint/state.json"), dir.resolve("whole/checkpoint/state.json"));
  }

  @Test
  void shouldLoadAndExportTheWeightsThatWereJudged() {
    Trained trained = train("run", everything(), Start.FRESH);

    TrainedNetwork<ClassifyConfig, Classifier> loaded = Classify.RUNS.load(dir.resolve("run"));
    ClassifyRun run =
        new ClassifyRun(loaded.config(), ClassificationData.open(data), loaded.network());
    assertThat(run.evaluate(Part.TEST).metrics()).isEqualTo(trained.test().metrics());
    Map<String, Double> judged = run.validate();
    judged.forEach((name, value) -> assertThat(trained.metrics()).containsEntry(name, value));
    assertThat(loaded.graph().nodes()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.distillation.weight=1",
        "training.distillation.features=0",
        "augment.mixup=0",
        "augment.cutout=0",
        "augment=false",
        "training.distillation.temperature=2"
      })
  void shouldNotIgnoreAnyPartOfTheRecipe(String setting) throws IOException {
    train("with", everything("training.epochs=1"), Start.FRESH);
    ClassifyConfig other =
        ConfigFile.resolve(everything("training.epochs=1"), null, List.of(setting));
    train("without", other, Start.FRESH);

    String weights = "checkpoint/weights-0001-000000.safetensors";
    assertThat(
            Files.mismatch(
                dir.resolve("with").resolve(weights), dir.resolve("without").resolve(weights)))
        .isNotEqualTo(-1);
  }

  private static ClassifyConfig stage(String stage, boolean weights, String... more) {
    List<String> settings =
        new ArrayList<>(List.of("training.stage=" + stage, "backbone.binary.weights=" + weights));
    settings.addAll(Arrays.asList(more));
    return config(settings.toArray(String[]::new));
  }

  @Test
  void shouldStartTheSecondStageFromTheFirst() {
    train("first", stage("activations", false, "training.epochs=1"), Start.FRESH);
    ClassifyConfig still =
        stage(
            "weights",
            true,
            "training.rate=1e-30",
            "training.seed=9",
            "training.epochs=1",
            "training.groups.weights.decay=0");
    train("second", still, Start.network(dir.resolve("first")));

    Map<String, float[]> first = weights("first");
    Map<String, float[]> second = weights("second");
    assertThat(first.keySet()).isSubsetOf(second.keySet());
    first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
    assertThat(second.keySet()).anyMatch(name -> name.endsWith(".alpha"));
    assertThat(first.keySet()).noneMatch(name -> name.endsWith(".alpha"));
  }

  private Map<String, float[]> weights(String run) {
    return Classify.RUNS.load(dir.resolve(run)).network().parameters().stream()
        .filter(Parameter::isTrained)
        .collect(Collectors.toMap(Parameter::name, p -> p.value().toArray()));
  }

  @Test
  void shouldRefuseAStageThatDoesNotFit() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", stage("weights", true), Start.FRESH))
        .withMessageContaining("--init RUN");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> stage("weights", false))
        .withMessageContaining("backbone.binary.weights=true");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> stage("activations", true))
        .withMessageContaining("backbone.binary.weights=false");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> stage("activations", false, "backbone.block=basic"))
        .withMessageContaining("BASIC");
    train("first", stage("activations", false, "training.epochs=1"), Start.FRESH);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                train(
                    "second",
                    stage("weights", true, "backbone.width=1"),
                    Start.network(dir.resolve("first"))))
        .withMessageContaining("stem.conv.weight[5, 5, 3, 16] is [5, 5, 3, 8] there");
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(
            () ->
                train(
                    "second",
                    stage("weights", true, "backbone.block=bineal"),
                    Start.network(dir.resolve("first"))))
        .withMessageContaining("is missing there");
    assertThat(dir.resolve("second")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.distillation.teacher=nowhere",
        "input.height=64",
        "input.mean=[0, 0, 0]",
        "backbone.width=1 training.distillation.weight=0"
      })
  void shouldRefuseATeacherThatDoesNotFit(String settings) {
    ClassifyConfig config =
        ConfigFile.resolve(everything(), null, List.of(settings.split(" (?=\\w+\\.)")));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config, Start.FRESH))
        .satisfies(e -> assertThat(e.what()).containsAnyOf("teacher", "no run folder"));
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void shouldRefuseATeacherOfOtherClasses() throws IOException {
    ClassifyConfig config = everything();
    Path names = data.resolve("batches.meta.txt");
    Files.writeString(names, Files.readString(names).replace("frog", "toad"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config, Start.FRESH))
        .withMessageContaining("toad")
        .withMessageContaining("frog");
  }

  @Test
  void shouldRefuseToResumeWithAnotherTeacher() throws IOException {
    train("run", everything("training.epochs=1"), Start.FRESH);
    Path teacher = dir.resolve("teacher");
    Files.move(teacher, dir.resolve("moved"));
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Classify.RUNS.resume(dir.resolve("run"), null, Progress.NONE))
        .withMessageContaining("teacher");
    train("teacher", config("backbone.block=basic", "training.seed=5"), Start.FRESH);
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Classify.RUNS.resume(dir.resolve("run"), null, Progress.NONE))
        .withMessageContaining("the teacher is not what it was");
  }

  /** Model files are handed on; where the author keeps runs is nobody's business. */
  @Test
  void shouldTellOnlyTheNameOfTheTeacherInAModelFile() throws IOException {
    train("run", everything("training.epochs=1"), Start.FRESH);
    TrainedNetwork<ClassifyConfig, Classifier> trained = Classify.RUNS.load(dir.resolve("run"));
    Map<String, String> metadata = trained.graph().metadata();
    assertThat(metadata.values()).noneMatch(value -> value.contains(dir.toString()));
    ClassifyConfig stored =
        ConfigFile.parse(ClassifyConfig.defaults(), metadata.get(TrainedNetwork.CONFIG));
    assertThat(stored.training().distillation())
        .isEqualTo(trained.config().training().distillation().withTeacher("teacher"));
    assertThat(stored.augment()).isEqualTo(trained.config().augment());
  }

  @Test
  void shouldRefuseTwoPlacesToStartFrom() {
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> new Start("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "augment.mixup=9",
        "augment.mixup=0.2 training.batch=1",
        "augment.jitter.brightness=2",
        "augment.minArea=0",
        "augment.crop=round",
        "augment.cutmix=1",
        "augment.jitter=false",
        "augment=maybe",
        "augment=3"
      })
  void shouldRefuseAugmentationsThatMakeNoSense(String settings) {
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> config(settings.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"augment.padding=32", "augment.cutout=32"})
  void shouldRefuseAugmentationsThatDoNotFitThePictures(String setting) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> train("run", config(setting), Start.FRESH))
        .withMessageContaining("less than 32 pixels");
    assertThat(dir.resolve("run")).doesNotExist();
  }

  @Test
  void shouldSwitchAugmentationWithOneWord() {
    assertThat(config("augment=false").augment().enabled()).isFalse();
    assertThat(config("augment.enabled=false", "augment=true").augment())
        .isEqualTo(config().augment());
  }
}
