package ai.binealnet.superres;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.superres.data.SuperresData;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.model.Edsr;
import ai.binealnet.superres.model.SuperresConfig;

/** Super-resolution: pictures enlarged two, three or four times. */
public final class Superres {
  /** The task. */
  public static final TaskDefinition<SuperresConfig, SuperresData, Edsr> TASK =
      new TaskDefinition<>(
          Enlarger.TASK,
          "psnr_y",
          SuperresConfig.defaults(),
          SuperresData::open,
          (config, classes) -> new Edsr(config),
          SuperresRun::new,
          (config, data, network, teacher) ->
              new SuperresRun(config, data, network).taughtBy(teacher));

  /** Its trainings: train, resume, load. */
  public static final Runs<SuperresConfig, SuperresData, Edsr> RUNS = new Runs<>(TASK);

  private Superres() {}
}
