package ai.binealnet.match;

import ai.binealnet.core.task.Runs;
import ai.binealnet.core.task.TaskDefinition;
import ai.binealnet.match.data.MatchData;
import ai.binealnet.match.decode.FeatureMatcher;
import ai.binealnet.match.model.MatchConfig;
import ai.binealnet.match.model.MatchNetwork;
import java.nio.file.Path;
import java.util.List;

/** Matching: which places of two pictures show the same. */
public final class Match implements TaskDefinition<MatchConfig, MatchData, MatchNetwork> {
  /** The task. */
  public static final Match TASK = new Match();

  /** Its trainings: train, resume, load. */
  public static final Runs<MatchConfig, MatchData, MatchNetwork> RUNS = new Runs<>(TASK);

  private Match() {}

  @Override
  public String name() {
    return FeatureMatcher.TASK;
  }

  @Override
  public String mainMetric() {
    return "mma3";
  }

  @Override
  public MatchConfig defaults() {
    return MatchConfig.defaults();
  }

  @Override
  public MatchData open(Path data) {
    return MatchData.open(data);
  }

  @Override
  public MatchNetwork network(MatchConfig config, List<String> classes) {
    return new MatchNetwork(config);
  }

  @Override
  public MatchRun run(MatchConfig config, MatchData data, MatchNetwork network) {
    return new MatchRun(config, data, network);
  }
}
