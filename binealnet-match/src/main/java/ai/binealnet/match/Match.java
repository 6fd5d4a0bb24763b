package ai.binealnet.match;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;

/** Matching: which places of two pictures show the same. */
public final class Match {
  /** The task. */
  public static final TaskDefinition<MatchConfig, MatchData, MatchNetwork> TASK =
      new TaskDefinition<>(
          FeatureMatcher.TASK,
          "mma3",
          MatchConfig.defaults(),
          MatchData::open,
          (config, classes) -> new MatchNetwork(config),
          MatchRun::new,
          null);

  /** Its trainings: train, resume, load. */
  public static final Runs<MatchConfig, MatchData, MatchNetwork> RUNS = new Runs<>(TASK);

  private Match() {}
}
