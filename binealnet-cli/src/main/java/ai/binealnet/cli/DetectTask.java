package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.task.Runs;
import ai.binealnet.detect.Detect;
import ai.binealnet.detect.data.DetectionData;
import ai.binealnet.detect.model.CenterNet;
import ai.binealnet.detect.model.DetectConfig;
import java.nio.file.Path;
import java.util.List;

/** Detection. */
final class DetectTask extends VisionTask<DetectConfig, DetectionData> {
  private static final int EPOCHS = 60;
  private static final int VERIFIED = 4;

  @Override
  Runs<DetectConfig, DetectionData, CenterNet> runs() {
    return Detect.RUNS;
  }

  @Override
  MainMetric mainMetric() {
    return MainMetric.fraction(runs().task().mainMetric(), "mAP@0.5");
  }

  @Override
  ExportedDetector open(Path file, int threads) {
    return new ExportedDetector(file, threads);
  }

  @Override
  Dataset<Image> pictures(DetectConfig config, DetectionData data, Pictures which) {
    return (which == Pictures.TRAINING ? data.train() : data.test())
        .map(sample -> Letterbox.of(sample.image(), config.input()).apply(sample.image()));
  }

  @Override
  int tests(DetectionData data) {
    return data.test().size();
  }

  @Override
  DemoPlan demo() {
    return new DemoPlan(
        "detection/bccd",
        List.of(
            "backbone.network=resnet18",
            "backbone.width=0.5",
            "input.height=192",
            "input.width=256",
            "training.batch=3",
            "training.ema=0",
            "training.rate=0.01"),
        EPOCHS,
        VERIFIED);
  }
}
