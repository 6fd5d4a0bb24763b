package ai.binealnet.superres;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.core.task.TaskRun;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;
import java.nio.file.Path;
import java.util.List;

/** Super-resolution: pictures enlarged two, three or four times. */
public final class Superres implements TaskDefinition<SuperresConfig, SuperresData, Edsr> {
  /** The task. */
  public static final Superres TASK = new Superres();

  /** Its trainings: train, resume, load. */
  public static final Runs<SuperresConfig, SuperresData, Edsr> RUNS = new Runs<>(TASK);

  private Superres() {}

  @Override
  public String name() {
    return Enlarger.TASK;
  }

  @Override
  public String mainMetric() {
    return "psnr_y";
  }

  @Override
  public SuperresConfig defaults() {
    return SuperresConfig.defaults();
  }

  @Override
  public SuperresData open(Path data) {
    return SuperresData.open(data);
  }

  @Override
  public Edsr network(SuperresConfig config, List<String> classes) {
    return new Edsr(config);
  }

  @Override
  public TaskRun<?> run(SuperresConfig config, SuperresData data, Edsr network) {
    return new SuperresRun(config, data, network);
  }
}
