package ai.binealnet.cli;

import ai.binealnet.deploy.ModelKind;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a binary network is compared with: a form of its full-precision twin, or a file.
 *
 * @param kind 8-bit or float32; null for a file
 * @param width factor on the twin's channels; unused for a file
 * @param file a model file, or null
 */
record Baseline(ModelKind kind, double width, Path file) {
  private static final List<ModelKind> KINDS = List.of(ModelKind.INT8, ModelKind.FP32);
  private static final Pattern FORM = Pattern.compile("([a-z0-9]+)(?::([0-9]+(?:\\.[0-9]+)?))?");
  private static final String FILE_END = ".onnx";
  private static final double WIDEST = 8;

  /**
   * Reads {@code KIND}, {@code KIND:WIDTH} or {@code FILE.onnx}.
   *
   * @param command whose usage error it is if it is none of them
   */
  static Baseline parse(String text, Output command) {
    if (text.endsWith(FILE_END)) {
      return new Baseline(null, 0, Path.of(text));
    }
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      double width = form.group(2) == null ? 1 : Double.parseDouble(form.group(2));
      for (ModelKind kind : KINDS) {
        if (kind.label().equals(form.group(1)) && width > 0 && width <= WIDEST) {
          return new Baseline(kind, width, null);
        }
      }
    }
    throw command.usage(
        "Invalid value for option '--baseline': expected int8, fp32, either with a width in (0, 8]"
            + " such as int8:1.0, or a file that ends in .onnx, got "
            + text);
  }
}
