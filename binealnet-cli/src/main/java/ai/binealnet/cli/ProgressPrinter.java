package ai.binealnet.cli;

import ai.binealnet.core.train.Progress;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a training: a bar with the time left on a terminal, a line for each epoch elsewhere. */
final class ProgressPrinter implements Progress, AutoCloseable {
  private static final int UPDATE_MILLIS = 500;

  private final Consumer<String> lines;
  private final MainMetric metric;
  private final int epochs;
  private final boolean terminal;
  private final long start = System.nanoTime();
  private ProgressBar bar;
  private int firstEpoch = -1;

  ProgressPrinter(Consumer<String> lines, MainMetric metric, int epochs, boolean terminal) {
    this.lines = lines;
    this.metric = metric;
    this.epochs = epochs;
    this.terminal = terminal;
  }

  @Override
  public void step(int epoch, int step, int steps, double loss) {
    if (firstEpoch < 0) {
      firstEpoch = epoch;
    }
    if (terminal) {
      if (bar == null) {
        long done = (long) epoch * steps + step - 1;
        bar =
            new ProgressBarBuilder()
                .setTaskName("training")
                .setStyle(ProgressBarStyle.ASCII)
                .setUnit(" steps", 1)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setInitialMax((long) epochs * steps)
                .startsFrom(done, java.time.Duration.ZERO)
                .build();
      }
      bar.stepTo((long) epoch * steps + step);
      bar.setExtraMessage(
          String.format(Locale.ROOT, " epoch %d/%d loss %.3f", epoch + 1, epochs, loss));
    }
  }

  @Override
  public void epoch(int epoch, Map<String, Double> row) {
    if (bar != null) {
      return;
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    int done = epoch + 1 - firstEpoch;
    double left = elapsed / done * (epochs - epoch - 1);
    lines.accept(
        String.format(
            Locale.ROOT,
            "epoch %d/%d  loss %.4f  val %s %.4f  %.1f s  about %d:%02d left",
            epoch + 1,
            epochs,
            row.getOrDefault("train_loss", Double.NaN),
            metric.title(),
            row.getOrDefault("val_" + metric.key(), Double.NaN),
            row.getOrDefault("seconds", Double.NaN),
            (long) left / 60,
            (long) left % 60));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
