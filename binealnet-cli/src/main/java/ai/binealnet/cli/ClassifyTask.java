package ai.binealnet.cli;

import ai.binealnet.classify.Classify;
import ai.binealnet.classify.data.ClassificationData;
import ai.binealnet.classify.model.Classifier;
import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.LabeledImage;
import ai.binealnet.core.task.Runs;
import java.nio.file.Path;
import java.util.List;

/** Classification. */
final class ClassifyTask extends VisionTask<ClassifyConfig, ClassificationData> {
  private static final int EPOCHS = 20;

  @Override
  Runs<ClassifyConfig, ClassificationData, Classifier> runs() {
    return Classify.RUNS;
  }

  @Override
  MainMetric mainMetric() {
    return MainMetric.fraction(runs().task().mainMetric(), "top-1");
  }

  @Override
  ExportedClassifier open(Path file, int threads) {
    return new ExportedClassifier(file, threads);
  }

  @Override
  Dataset<Image> pictures(ClassifyConfig config, ClassificationData data, Pictures which) {
    ClassificationData fitted = data.fitTo(config.input());
    return (which == Pictures.TRAINING ? fitted.train() : fitted.test()).map(LabeledImage::image);
  }

  @Override
  int tests(ClassificationData data) {
    return data.test().size();
  }

  @Override
  Result check(Path dir) {
    return ClassificationCheck.of(dir);
  }

  @Override
  DemoPlan demo() {
    return new DemoPlan(
        "cifar10",
        List.of(
            "backbone.network=resnet8",
            "backbone.width=2",
            "backbone.stem=FAST",
            "training.batch=50",
            "training.rate=0.05"),
        EPOCHS,
        Integer.MAX_VALUE);
  }
}
