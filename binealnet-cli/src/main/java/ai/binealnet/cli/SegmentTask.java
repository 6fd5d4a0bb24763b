package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.Letterbox;
import ai.binealnet.core.task.Runs;
import ai.binealnet.segment.Segment;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;
import java.nio.file.Path;
import java.util.List;

/** Segmentation. */
final class SegmentTask extends VisionTask<SegmentConfig, SegmentData> {
  private static final int EPOCHS = 80;
  private static final int VERIFIED = 2;

  @Override
  Runs<SegmentConfig, SegmentData, Segmenter> runs() {
    return Segment.RUNS;
  }

  @Override
  MainMetric mainMetric() {
    return MainMetric.fraction(runs().task().mainMetric(), "mIoU");
  }

  @Override
  ExportedSegmenter open(Path file, int threads) {
    return new ExportedSegmenter(file, threads);
  }

  @Override
  Dataset<Image> pictures(SegmentConfig config, SegmentData data, Pictures which) {
    return (which == Pictures.TRAINING ? data.train() : data.test())
        .map(sample -> Letterbox.of(sample.image(), config.input()).apply(sample.image()));
  }

  @Override
  int tests(SegmentData data) {
    return data.test().size();
  }

  @Override
  DemoPlan demo() {
    return new DemoPlan(
        "segmentation/camvid",
        List.of(
            "backbone.width=0.5",
            "input.height=192",
            "input.width=256",
            "augment.cropHeight=128",
            "augment.cropWidth=128",
            "training.batch=3"),
        EPOCHS,
        VERIFIED);
  }
}
