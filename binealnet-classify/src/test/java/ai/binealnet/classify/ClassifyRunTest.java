package ai.binealnet.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Runs;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClassifyRunTest {
  private static final int PICTURES = 20;

  @TempDir private Path dir;

  /** The first pictures of the samples, again and again: an epoch of {@code size} samples. */
  private static Dataset<LabeledImage> few(Dataset<LabeledImage> all, int size) {
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public LabeledImage get(int index) {
        return all.get(index % PICTURES);
      }
    };
  }

  private static ClassificationData data(int epoch) {
    ClassificationData all = ClassificationData.open(Path.of("..", "samples", "cifar10"));
    Dataset<LabeledImage> once = few(all.train(), PICTURES);
    return new ClassificationData(
        all.root(), all.format(), all.classes(), few(all.train(), epoch), once, once);
  }

  private static ClassifyConfig config(BlockKind block, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=1",
                "backbone.stem=fast",
                "backbone.block=" + block,
                "training.epochs=5",
                "training.batch=20",
                "training.rate=0.05",
                "training.labelSmoothing=0",
                "augment=false"));
    settings.addAll(Arrays.asList(more));
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, settings);
  }

  private Map<String, Double> fit(ClassifyRun run, ClassifyConfig config, String name) {
    return Runs.fit(run, config, new RunFolder(dir.resolve(name)), Progress.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void shouldLearnAHandfulOfRealPicturesByHeart(BlockKind block) {
    ClassifyRun run = new ClassifyRun(config(block), data(15 * PICTURES));

    Map<String, Double> last = fit(run, config(block), "run");

    assertThat(last).as("seed 1").containsEntry("val_top1", 1.0).containsEntry("val_top5", 1.0);
    assertThat(run.evaluate(Part.TEST).metrics()).containsEntry("top1", 1.0);
    assertThat(run.evaluate(Part.TEST).images()).isEqualTo(PICTURES);

    ClassifyConfig config = config(block, "training.seed=2");
    Classifier restored = new Classifier(config, 10);
    ClassifyRun second = new ClassifyRun(config, data(PICTURES), restored);
    assertThat(second.evaluate(Part.TEST).metrics().get("top1")).isLessThan(1);
    checkpoint(config).restore(restored.parameters(), Map.of());
    assertThat(second.evaluate(Part.TEST).metrics()).isEqualTo(run.evaluate(Part.TEST).metrics());
  }

  @Test
  void shouldTrainToTheSameBytesTwice() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      ClassifyConfig config = config(BlockKind.STREAM, "training.epochs=1", "augment=true");
      fit(new ClassifyRun(config, data(5 * PICTURES)), config, name);
    }
    String weights = "checkpoint/weights-0001-000000.safetensors";

    assertThat(Files.mismatch(dir.resolve("a").resolve(weights), dir.resolve("b").resolve(weights)))
        .isEqualTo(-1);
  }

  @Test
  void shouldRefuseTheWeightsOfAnotherNetwork() {
    ClassifyConfig config = config(BlockKind.BINEAL, "training.epochs=1", "backbone.width=0.5");
    fit(new ClassifyRun(config, data(PICTURES)), config, "run");

    for (String other : new String[] {"width=1", "block=stream", "network=resnet14"}) {
      ClassifyConfig changed = config(BlockKind.BINEAL, "backbone.width=0.5", "backbone." + other);
      List<Parameter> parameters = new Classifier(changed, 10).parameters();
      assertThatExceptionOfType(UserError.class)
          .as(other)
          .isThrownBy(() -> checkpoint(changed).restore(parameters, Map.of()));
    }
  }

  private Checkpoint checkpoint(ClassifyConfig config) {
    return new Checkpoint(dir.resolve("run/checkpoint"), config.architecture());
  }

  @Test
  void shouldReportTooFewPicturesForABatch() {
    ClassifyConfig config = config(BlockKind.BINEAL, "training.batch=21");
    ClassifyRun run = new ClassifyRun(config, data(PICTURES));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> fit(run, config, "run"))
        .withMessageContaining("21");
  }
}
