package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that goes on for long must not grow. */
class LongTrainingTest {
  private static final int EPOCHS = 100;

  /** The Java heap takes its last step up before this epoch. */
  private static final int SETTLED = 50;

  @TempDir Path root;

  @Test
  @Tag("slow")
  void shouldKeepItsMemoryOverAHundredEpochs() throws IOException {
    assumeTrue(ResidentMemory.megabytes() != null, "the system does not tell");
    ClassifyConfig config =
        ConfigFile.resolve(
            ClassifyConfig.defaults(),
            null,
            List.of(
                "backbone.network=resnet8",
                "backbone.stem=FAST",
                "training.epochs=" + EPOCHS,
                "training.batch=16",
                "training.ema=0.99",
                "training.normBatches=2",
                "training.clipNorm=5",
                "augment.mixup=0.2",
                "augment.cutout=8"));
    List<Long> megabytes = new ArrayList<>();
    Progress memory =
        new Progress() {
          @Override
          public void epoch(int epoch, Map<String, Double> row) {
            megabytes.add(ResidentMemory.megabytes());
          }
        };

    Classify.RUNS.train(
        config,
        new Workbench(root).data("data"),
        root.resolve("run"),
        new Provenance("test", ""),
        Start.FRESH,
        memory);

    System.out.println("resident megabytes after each epoch: " + megabytes);
    assertThat(megabytes).hasSize(EPOCHS);
    assertThat(megabytes.get(EPOCHS - 1))
        .isLessThanOrEqualTo(megabytes.get(SETTLED - 1) * 102 / 100);
  }
}
