package ai.binealnet.cli;

import ai.binealnet.core.report.BubblePicture;
import ai.binealnet.core.report.BubblePicture.Bubble;
import java.util.List;

/** A {@link Report} as a picture: accuracy against latency, bubbles as large as the files. */
final class ReportPicture {
  private static final double MILLI = 1e3;

  private ReportPicture() {}

  /** The bytes of a PNG file. */
  static byte[] png(Report report) {
    int threads = report.threads().get(0);
    List<Bubble> bubbles =
        report.rows().stream()
            .map(
                row ->
                    new Bubble(
                        row.model().contender().kind(),
                        row.model().contender().name() + ", " + Numbers.size(row.bytes()),
                        MILLI * row.times().get(threads).median(),
                        report.metric().factor() * row.value(report.metric()),
                        row.bytes()))
            .toList();
    return BubblePicture.png(
        report.title() + " (bubble area: file size)",
        "median latency of one picture, %s (ms)".formatted(NetworkBench.threads(threads)),
        report.metric().axis(),
        bubbles);
  }
}
