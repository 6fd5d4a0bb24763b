package ai.binealnet.cli;

import picocli.CommandLine.Option;

/** How a model looks at a picture: more than once, for better results in more time. */
final class LookOptions {
  @Option(
      names = "--flip-test",
      description =
          "Detectors: also look at each picture's mirror image and average the two, at twice the"
              + " time.")
  private boolean flipTest;

  @Option(
      names = "--turns",
      paramLabel = "N",
      description =
          "Matching: first try small copies of the second picture at N angles, 1 to 36, and take"
              + " the one at which most matches agree, and bring both pictures to one scale. 8 is"
              + " enough for any angle.")
  private Integer turns;

  /** Whether anything was asked for. */
  boolean isGiven() {
    return flipTest || turns != null;
  }

  /**
   * Has a model look that way from now on.
   *
   * @throws ai.binealnet.core.graph.UserError if its task has no use for it
   */
  void apply(ExportedModel<?> model) {
    if (flipTest) {
      model.flipTest();
    }
    if (turns != null) {
      model.turns(turns);
    }
  }
}
