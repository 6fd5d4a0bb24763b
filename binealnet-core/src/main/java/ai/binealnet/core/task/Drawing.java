package ai.binealnet.core.task;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.report.Curves;
import ai.binealnet.core.report.InstrumentPictures;
import ai.binealnet.core.train.Progress;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunLog;
import java.util.List;
import java.util.Map;

/** Redraws the curves after every epoch, the layers' pictures from time to time. */
final class Drawing implements Progress {
  private static final long INTERVAL = 60_000_000_000L;

  private final Progress next;
  private final RunFolder folder;
  private final List<Parameter> parameters;
  private long lastTime = System.nanoTime();

  Drawing(Progress next, RunFolder folder, List<Parameter> parameters) {
    this.next = next;
    this.folder = folder;
    this.parameters = parameters;
  }

  @Override
  public void step(int epoch, int step, int steps, double loss) {
    next.step(epoch, step, steps, loss);
  }

  @Override
  public void epoch(int epoch, Map<String, Double> row) {
    Curves.write(Map.of("run", RunLog.read(folder.metrics())), folder.curves());
    if (System.nanoTime() - lastTime > INTERVAL) {
      InstrumentPictures.write(folder, parameters);
      lastTime = System.nanoTime();
    }
    next.epoch(epoch, row);
  }
}
