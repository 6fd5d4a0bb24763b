package ai.binealnet.cli;

import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows work of a known number of steps: a bar on a terminal, a line for each step elsewhere. */
final class StepProgress implements AutoCloseable {
  private static final double GIGA = 1e9;

  private final int steps;
  private final Consumer<String> lines;
  private final long start = System.nanoTime();
  private final ProgressBar bar;
  private int done;

  StepProgress(String task, int steps, boolean terminal, Consumer<String> lines) {
    this.steps = steps;
    this.lines = lines;
    bar =
        terminal
            ? new ProgressBarBuilder()
                .setTaskName(task)
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(steps)
                .build()
            : null;
  }

  /** One step more is done. */
  void done(String what) {
    done++;
    if (bar != null) {
      bar.step();
      bar.setExtraMessage(" " + what);
      return;
    }
    long left = Math.round((System.nanoTime() - start) / GIGA / done * (steps - done));
    lines.accept(
        String.format(
            Locale.ROOT, "%d/%d  %s  about %d:%02d left", done, steps, what, left / 60, left % 60));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
