package ai.binealnet.superres;

import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.superres.model.SuperresConfig;
import java.util.ArrayList;
import java.util.List;

/** Small networks for tests. */
public final class Networks {
  private Networks() {}

  /** One block of 32 channels on patches of 12 x 12. */
  public static SuperresConfig small(int scale, String... overrides) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "network.scale=" + scale,
                "network.blocks=1",
                "network.channels=32",
                "network.width=1",
                "input.height=12",
                "input.width=12",
                "training.batch=4"));
    all.addAll(List.of(overrides));
    return ConfigFile.resolve(SuperresConfig.defaults(), null, all);
  }
}
