package ai.binealnet.cli;

import ai.binealnet.core.report.BubblePicture;
import ai.binealnet.core.report.BubblePicture.Bubble;
import java.util.List;

/** A {@link Report} as a picture: accuracy against latency, bubbles as large as the files. */
final class ReportPicture {
  private static final double MILLI = 1e3;
  private static final double PERCENT = 100;

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
                        PERCENT * row.top1(),
                        row.bytes()))
            .toList();
    return BubblePicture.png(
        report.title() + " (bubble area: file size)",
        "median latency of one picture, %s (ms)".formatted(NetworkBench.threads(threads)),
        "top-1 accuracy (%)",
        bubbles);
  }
}
