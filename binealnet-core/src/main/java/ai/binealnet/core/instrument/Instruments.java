package ai.binealnet.core.instrument;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.TrainingObserver;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All instruments of a training: {@code layers.csv}, summary columns of the run log, event files.
 * They look at the gradients of {@value #LOOKS} steps of an epoch or a few more, at the signs once
 * an epoch, at the outputs of binarizers for {@link BinarizerWatch#PICTURES} validation pictures.
 */
public final class Instruments implements TrainingObserver {
  private static final int LOOKS = 16;

  private final List<Parameter> parameters;
  private final RunFolder run;
  private final WatchState state;
  private final Map<String, BinarizerWatch> binarizers;
  private final float[] block = ParameterWatch.block();
  private final Clock clock;
  private List<ParameterWatch> watches = List.of();
  private LayerLog log;
  private EventFile events;

  /** Instruments for a network's parameters that write into a run folder. */
  public Instruments(List<Parameter> parameters, RunFolder run) {
    this(parameters, run, Clock.systemUTC());
  }

  Instruments(List<Parameter> parameters, RunFolder run, Clock clock) {
    this.parameters = parameters.stream().distinct().filter(Parameter::isTrained).toList();
    this.run = run;
    this.clock = clock;
    this.state = new WatchState(run.checkpoint());
    this.binarizers =
        BinarizerWatch.of(parameters).stream()
            .collect(
                Collectors.toMap(
                    BinarizerWatch::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
  }

  /**
   * Effective thresholds of a network's binarizers, channel by channel, by the binarizer's name in
   * the order of the network.
   */
  public static Map<String, float[]> thresholds(List<Parameter> parameters) {
    Map<String, float[]> thresholds = new LinkedHashMap<>();
    BinarizerWatch.of(parameters).forEach(b -> thresholds.put(b.name(), b.thresholds()));
    return thresholds;
  }

  /** Takes in a named value of a validation batch, as a tape's observer. */
  public void look(String name, Tensor value) {
    BinarizerWatch binarizer = binarizers.get(name);
    if (binarizer != null) {
      binarizer.look(value);
    }
  }

  @Override
  public void begin(Checkpoint.Position position) {
    watches = parameters.stream().map(ParameterWatch::new).toList();
    state.restore(position, watches);
    log = new LayerLog(run.layers());
    log.truncate(position.epoch());
    events = new EventFile(run.root(), clock, position.epoch() + 1);
  }

  @Override
  public void gradients(int step, int steps) {
    if (step % Math.max(1, steps / LOOKS) == 0) {
      watches.forEach(watch -> watch.lookAtGradient(block));
    }
  }

  @Override
  public Map<String, Double> epoch(int epoch, Map<String, Double> row) {
    LayerMeasures measures = new LayerMeasures(epoch + 1);
    watches.forEach(measures::add);
    binarizers.values().forEach(measures::add);
    log.append(measures.rows());
    Map<String, Double> summary = measures.summary();
    Map<String, Double> scalars = new LinkedHashMap<>(row);
    scalars.putAll(summary);
    events.append(epoch + 1, measures.scalars(scalars), measures.histograms());
    return summary;
  }

  @Override
  public void saving(Checkpoint.Position position) {
    state.save(position, watches);
  }
}
