package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.task.Runs;
import ai.binealnet.superres.Superres;
import ai.binealnet.superres.data.PictureFolder;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.nio.file.Path;
import java.util.List;

/** Super-resolution. */
final class SuperresTask extends VisionTask<SuperresConfig, SuperresData> {
  private static final int EPOCHS = 4;
  private static final int VERIFIED = 3;

  /** Seven pictures to learn from, in 42 steps an epoch. */
  private static final List<String> SETTINGS =
      List.of("network.blocks=4", "network.channels=16", "augment.perPicture=96");

  @Override
  Runs<SuperresConfig, SuperresData, Edsr> runs() {
    return Superres.RUNS;
  }

  @Override
  MainMetric mainMetric() {
    return MainMetric.decibels(runs().task().mainMetric(), "PSNR");
  }

  @Override
  ExportedEnlarger open(Path file, int threads) {
    return new ExportedEnlarger(file, threads);
  }

  @Override
  Dataset<Image> pictures(SuperresConfig config, SuperresData data, Pictures which) {
    ImageSpec input = config.input();
    int scale = config.network().scale();
    Dataset<Image> low =
        which == Pictures.TRAINING
            ? data.pairs(scale, input).map(pair -> pair.low())
            : Dataset.of(files(data.test())).map(file -> SuperresData.read(file, scale).low());
    return low.map(image -> ImageFiles.fit(image, input.height(), input.width()));
  }

  private static List<Path> files(List<PictureFolder> folders) {
    return folders.stream().flatMap(folder -> folder.files().stream()).toList();
  }

  @Override
  int tests(SuperresData data) {
    return files(data.test()).size();
  }

  @Override
  DemoPlan demo() {
    return new DemoPlan("super-resolution", SETTINGS, EPOCHS, VERIFIED);
  }
}
