package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.backbone.BlockKind;
import ai.binealnet.core.backbone.StemKind;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.runtime.InputSize;
import ai.binealnet.deploy.runtime.Predictor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The shape of a network that is given by its name only. */
final class ArchitectureOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
  private static final String DEFAULT_SIZE = "224x224";
  private static final double WIDEST = 8;

  /** Rows from which a network begins with the ImageNet stem. */
  private static final int LARGE = 64;

  @Option(
      names = "--width",
      defaultValue = "1",
      description = "Factor on channels (with --arch; default: ${DEFAULT-VALUE}).")
  private double width;

  @Option(
      names = "--block",
      defaultValue = "stream",
      description = "stream or bineal (with --arch; default: ${DEFAULT-VALUE}).")
  private BlockKind block;

  @Option(
      names = "--stem",
      description = "cifar, fast or imagenet (with --arch; by the input's size if not given).")
  private StemKind stem;

  @Option(
      names = "--input",
      paramLabel = "HxW",
      description =
          "Rows x columns (default: "
              + DEFAULT_SIZE
              + " with --arch; a model that takes any size is otherwise measured at that of its"
              + " training pictures).")
  private String input;

  @Option(
      names = "--classes",
      defaultValue = "1000",
      description = "Outputs (with --arch; default: ${DEFAULT-VALUE}).")
  private int classes;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting, such as backbone.binary.downSampleKernel=1; may be repeated (with --arch).")
  private List<String> settings = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Names for as many classes as were asked for. */
  List<String> classes() {
    if (classes < 1) {
      throw usage("'--classes': expected at least 1, got " + classes);
    }
    return Collections.nCopies(classes, "any");
  }

  /** The size of the pictures for a model: that asked for where it takes any. */
  InputSize size(Predictor model) {
    InputSize own = model.size();
    if (input == null) {
      return own;
    }
    Matcher size = size();
    int rows = Integer.parseInt(size.group(1));
    int columns = Integer.parseInt(size.group(2));
    return new InputSize(rows, columns, own.channels(), own.multiple());
  }

  private Matcher size() {
    String text = input == null ? DEFAULT_SIZE : input;
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || zero(size.group(1)) || zero(size.group(2))) {
      throw usage("'--input': expected HxW such as 224x224, got " + text);
    }
    return size;
  }

  /** The configuration of the network of that name. */
  ClassifyConfig config(String network) {
    Matcher size = size();
    if (!(width > 0 && width <= WIDEST)) {
      throw usage("'--width': expected more than 0, at most " + WIDEST + ", got " + width);
    }
    if (block == BlockKind.BASIC) {
      throw usage("'--block': expected stream or bineal, got basic (use --baseline fp32)");
    }
    boolean large = Integer.parseInt(size.group(1)) > LARGE;
    StemKind first = stem != null ? stem : large ? StemKind.IMAGENET : StemKind.CIFAR;
    List<String> all =
        new ArrayList<>(
            List.of(
                "backbone.network=" + network,
                "backbone.width=" + width,
                "backbone.block=" + block,
                "backbone.stem=" + first,
                "input.height=" + size.group(1),
                "input.width=" + size.group(2)));
    all.addAll(settings);
    return ConfigFile.resolve(ClassifyConfig.defaults(), null, all);
  }

  private static boolean zero(String number) {
    return Integer.parseInt(number) == 0;
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), "Invalid value for option " + message);
  }
}
