package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.train.ConfigFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The shape of a network that is given by its name only. */
final class ArchitectureOptions {
  private static final double WIDEST = 8;

  /** Rows from which a network begins with the ImageNet stem. */
  private static final int LARGE = 64;

  @Option(
      names = "--width",
      defaultValue = "1",
      description = "Factor on channels (of an architecture; default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--block",
      defaultValue = "stream",
      description = "stream, bineal or basic (of an architecture; default: ${DEFAULT-VALUE}).")
  private BlockKind block;

  @Option(
      names = "--stem",
      description =
          "cifar, fast or imagenet (of an architecture; by the size of its pictures if not given).")
  private StemKind stem;

  @Option(
      names = "--classes",
      paramLabel = "N",
      converter = CalibrationOptions.Count.class,
      description = "Outputs (of an architecture; default: 1000 in bench, 10 in summary).")
  private Integer classes;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Names for as many classes as were asked for.
   *
   * @param usual how many if nothing was
   */
  List<String> classes(int usual) {
    return Collections.nCopies(classes == null ? usual : classes, "any");
  }

  BlockKind block() {
    return block;
  }

  /**
   * The configuration of the network of that name.
   *
   * @param size of its pictures
   * @param settings {@code key=value}
   */
  ClassifyConfig config(String network, PictureSize size, List<String> settings) {
    if (!(width > 0 && width <= WIDEST)) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--width': expected more than 0, at most %s, got %s"
              .formatted(WIDEST, width));
    }
    StemKind first = stem != null ? stem : size.rows() > LARGE ? StemKind.IMAGENET : StemKind.CIFAR;
    List<String> all =
        new ArrayList<>(
            List.of(
                "backbone.network=" + network,
                "backbone.width=" + width,
                "backbone.block=" + block,
                "backbone.stem=" + first,
                "input.height=" + size.rows(),
                "input.width=" + size.columns()));
    all.addAll(settings);
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, all);
  }
}
