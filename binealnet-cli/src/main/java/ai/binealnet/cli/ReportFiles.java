package ai.binealnet.cli;

import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three files of a report, which come into being together.
 *
 * @param html the page, which holds the picture
 * @param png the picture
 * @param json the figures
 */
record ReportFiles(Path html, Path png, Path json) {
  private static final String ONNX = ".onnx";

  /** In a folder, which need not exist. */
  static ReportFiles in(Path folder) {
    return named(folder, "report");
  }

  /** Beside a model file: {@code M.report.html} for {@code M.onnx}, and so on. */
  static ReportFiles beside(Path model) {
    String name = model.getFileName().toString();
    String base = name.endsWith(ONNX) ? name.substring(0, name.length() - ONNX.length()) : name;
    return named(model.toAbsolutePath().getParent(), base + ".report");
  }

  private static ReportFiles named(Path folder, String base) {
    return new ReportFiles(
        folder.resolve(base + ".html"),
        folder.resolve(base + ".png"),
        folder.resolve(base + ".json"));
  }

  private List<Path> all() {
    return List.of(html, png, json);
  }

  /**
   * Checks that they can be made, before the work starts.
   *
   * @param force whether files that exist may be replaced
   * @throws UserError if not
   */
  void requireNew(boolean force) {
    Path folder = html.toAbsolutePath().getParent();
    if (Files.exists(folder)) {
      all().forEach(file -> OutputFiles.requireNew(file, force));
    } else {
      OutputFiles.requireNew(folder, force); // its parent decides
    }
  }

  /**
   * Writes all of them or none.
   *
   * @return what {@code --json} prints: the figures and the files
   * @throws UserError if they cannot be written
   */
  Map<String, Object> write(Report report) {
    Map<String, Object> figures = ReportJson.of(report);
    byte[] picture = ReportPicture.png(report);
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    contents.put(html, utf8(ReportPage.html(report, picture)));
    contents.put(png, picture);
    contents.put(json, utf8(Output.json(figures) + "\n"));
    Path folder = html.toAbsolutePath().getParent();
    boolean made = !Files.exists(folder);
    OutputFiles.makeFolder(folder);
    try {
      AtomicFiles.writeAll(contents);
    } catch (UserError e) {
      discard(made, folder, e);
      throw e;
    }
    Map<String, Object> result = new LinkedHashMap<>(figures);
    result.put("files", all().stream().map(Path::toString).toList());
    return result;
  }

  /** What people see when they are written. */
  String text(Report report) {
    return ReportTable.text(report) + "\nwritten: " + html;
  }

  private static void discard(boolean made, Path folder, UserError reason) {
    try {
      if (made) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
