package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.task.Runs;
import ai.binealnet.match.Match;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** Matching. */
final class MatchTask extends VisionTask<MatchConfig, MatchData> {
  private static final int EPOCHS = 12;
  private static final int VERIFIED = 2;

  @Override
  Runs<MatchConfig, MatchData, MatchNetwork> runs() {
    return Match.RUNS;
  }

  @Override
  MainMetric mainMetric() {
    return MainMetric.fraction(runs().task().mainMetric(), "MMA@3");
  }

  @Override
  ExportedMatcher open(Path file, int threads) {
    return new ExportedMatcher(file, threads);
  }

  @Override
  Dataset<Image> pictures(MatchConfig config, MatchData data, Pictures which) {
    ImageSpec input = config.input();
    Dataset<Image> pictures = which == Pictures.TRAINING ? data.train() : tested(data);
    return pictures.map(image -> ImageFiles.fit(image, input.height(), input.width()));
  }

  private static Dataset<Image> tested(MatchData data) {
    return Dataset.of(data.test().stream().flatMap(each -> each.pictures().stream()).toList())
        .map(Supplier::get);
  }

  @Override
  int tests(MatchData data) {
    return data.test().stream().mapToInt(sequence -> sequence.maps().size()).sum();
  }

  @Override
  DemoPlan demo() {
    return new DemoPlan(
        ".",
        List.of("network.width=0.5", "input.height=96", "input.width=96", "training.rate=0.003"),
        EPOCHS,
        VERIFIED);
  }
}
