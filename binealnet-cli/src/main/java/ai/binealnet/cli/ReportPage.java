package ai.binealnet.cli;

import java.util.Base64;
import java.util.List;

/** A {@link Report} as one HTML file that needs no other. */
final class ReportPage {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      body { font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
        color: #1f2933; background: #fff; max-width: 68rem; margin: 2.5rem auto; padding: 0 1.5rem; }
      h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
      p.machine { color: #52606d; margin: 0 0 1.5rem; }
      div.wide { overflow-x: auto; }
      table { border-collapse: collapse; font-size: .92rem; width: 100%%; }
      th, td { padding: .45rem .7rem; text-align: right; vertical-align: bottom;
        font-variant-numeric: tabular-nums; white-space: nowrap; }
      th { white-space: normal; font-weight: 600; border-bottom: 2px solid #cbd2d9; }
      td { border-bottom: 1px solid #e4e7eb; }
      .word { text-align: left; }
      td:first-child { font-weight: 600; }
      img { display: block; width: 100%%; max-width: 900px; height: auto; margin: 2rem auto; }
      ul { color: #52606d; font-size: .92rem; padding-left: 1.2rem; }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      <p class="machine">%2$s; %3$s; BiNealNet %4$s</p>
      <div class="wide">
      <table>
      %5$s</table>
      </div>
      <img alt="%1$s: accuracy against latency, bubble area is file size" src="data:image/png;base64,%6$s">
      <ul>
      %7$s</ul>
      </body>
      </html>
      """;

  private ReportPage() {}

  /**
   * The page.
   *
   * @param png the picture, which goes into the page
   */
  static String html(Report report, byte[] png) {
    List<List<String>> cells = ReportTable.cells(report);
    StringBuilder table = new StringBuilder();
    for (int row = 0; row < cells.size(); row++) {
      table.append(row(cells.get(row), row == 0 ? "th" : "td"));
    }
    StringBuilder notes = new StringBuilder();
    ReportTable.notes(report)
        .forEach(note -> notes.append("<li>").append(escape(note)).append("</li>\n"));
    return PAGE.formatted(
        escape(report.title()),
        escape(report.machine().line()),
        report.date(),
        escape(Version.current()),
        table,
        Base64.getEncoder().encodeToString(png),
        notes);
  }

  private static String row(List<String> cells, String tag) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      boolean word = column < ReportTable.WORDS || column == cells.size() - 1;
      row.append("<%s%s>".formatted(tag, word ? " class=\"word\"" : ""))
          .append(escape(cells.get(column)))
          .append("</%s>".formatted(tag));
    }
    return row.append("</tr>\n").toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
