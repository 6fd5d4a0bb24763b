package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.task.Part;
import ai.binealnet.core.task.Provenance;
import ai.binealnet.core.task.Start;
import ai.binealnet.core.task.TrainedNetwork;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.Progress;
import ai.binealnet.deploy.ExportReport;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.ModelKind;
import ai.binealnet.deploy.lower.LayerReport;
import ai.binealnet.deploy.runtime.Predictor;
import ai.binealnet.segment.Segment;
import ai.binealnet.segment.SegmentRun;
import ai.binealnet.segment.data.SegmentData;
import ai.binealnet.segment.data.SegmentSample;
import ai.binealnet.segment.decode.ImageSegmenter;
import ai.binealnet.segment.metric.SegmentEvaluation;
import ai.binealnet.segment.model.SegmentConfig;
import ai.binealnet.segment.model.Segmenter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A segmentation network from training to the device. */
class SegmentExportTest {
  private static final Path SAMPLES = Home.samples("segmentation").resolve("camvid");

  @TempDir private Path dir;

  private static SegmentConfig config(BlockKind block, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "backbone.network=resnet8",
                "backbone.width=1",
                "backbone.stem=FAST",
                "backbone.outputStride=4",
                "backbone.block=" + block,
                "head.channels=24",
                "head.convolutions=2",
                "input.height=96",
                "input.width=128",
                "augment.cropHeight=64",
                "augment.cropWidth=64",
                "training.batch=3",
                "training.epochs=3"));
    settings.addAll(List.of(more));
    return ConfigFile.resolve(SegmentConfig.defaults(), null, settings);
  }

  private TrainedNetwork<SegmentConfig, Segmenter> trained(SegmentConfig config) {
    Path out = dir.resolve("run");
    Segment.RUNS.train(config, SAMPLES, out, new Provenance("0", ""), Start.FRESH, Progress.NONE);
    return Segment.RUNS.load(out);
  }

  /** The test part, decoded from what the model file puts out. */
  private static SegmentEvaluation onDevice(Path model, SegmentData data) {
    SegmentEvaluation evaluation = new SegmentEvaluation(data.classes());
    try (Predictor predictor = Predictor.open(model, 1)) {
      ImageSegmenter segmenter = ImageSegmenter.of(predictor);
      for (int i = 0; i < data.test().size(); i++) {
        SegmentSample sample = data.test().get(i);
        evaluation.add(sample.image(), sample.labels(), segmenter.segment(sample.image()).labels());
      }
    }
    return evaluation;
  }

  @ParameterizedTest
  @CsvSource({"STREAM,BINARY", "BINEAL,BINARY", "BASIC,FP32"})
  void shouldDecodeOnTheDeviceWhatTrainingDecodes(BlockKind block, ModelKind kind) {
    TrainedNetwork<SegmentConfig, Segmenter> trained = trained(config(block));
    Path model = dir.resolve("model.onnx");

    ExportReport report = Exporter.export(trained.graph(), kind, model);

    if (kind == ModelKind.BINARY) {
      assertThat(report.notAccelerated()).isEmpty();
      assertThat(report.layers().stream().filter(LayerReport::isBinary))
          .hasSize(report.layers().size() - 2); // all but the first and the last
    }
    SegmentData data = SegmentData.open(SAMPLES);
    SegmentEvaluation device = onDevice(model, data);
    SegmentEvaluation training =
        new SegmentRun(trained.config(), data, trained.network()).evaluate(Part.TEST);
    if (kind == ModelKind.BINARY) {
      assertThat(device.confusion().toCsv()).isEqualTo(training.confusion().toCsv());
    } else { // float32 sums in another order
      assertThat(device.metrics().get("pixel_accuracy"))
          .isBetween(
              training.metrics().get("pixel_accuracy") - 1e-3,
              training.metrics().get("pixel_accuracy") + 1e-3);
    }
  }

  @Test
  void shouldSayWhichLayersOfARealHeadAreNotAccelerated() {
    Segmenter network = new Segmenter(config(BlockKind.STREAM, "head.binary=false"), 11);

    ExportReport report =
        Exporter.export(network.graph(Map.of()), ModelKind.BINARY, dir.resolve("model.onnx"));

    assertThat(report.notAccelerated().stream().map(LayerReport::name))
        .hasSize(3)
        .allMatch(name -> name.startsWith("head"));
  }
}
