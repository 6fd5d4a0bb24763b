package ai.binealnet.detect.model;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.backbone.Backbone;
import ai.binealnet.core.backbone.Units;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Join;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Upsample;
import ai.binealnet.core.nn.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Goes from the coarsest stage back to a finer one: doubled by nearest up-sampling, joined with the
 * stage of that resolution, refined by a 3x3 convolution, level by level.
 *
 * <pre>
 * stage4 - conv3x3 - up - join - conv3x3 - up - join - conv3x3 - ... - finest level
 *           stage3 -------/          stage2 ------/
 * </pre>
 */
final class Neck {
  private final Layer top;
  private final List<Level> levels;

  /**
   * One doubling of the resolution.
   *
   * @param stage the backbone's stage that is joined, 0 first
   */
  private record Level(int stage, Layer upsample, Join join, Layer refine) {
    Stream<Parameter> parameters() {
      return Stream.concat(join.parameters().stream(), refine.parameters().stream());
    }
  }

  /**
   * A neck down to stage {@code finest}, each stage half as fine as the one before.
   *
   * @param finest stage whose resolution it ends at, 0 first
   * @param channels of all its values
   */
  Neck(Backbone backbone, int finest, int channels, Units units) {
    List<Integer> stages = backbone.channels();
    top = units.convolution("neck.top", stages.get(stages.size() - 1), channels);
    levels = new ArrayList<>();
    for (int stage = stages.size() - 2; stage >= finest; stage--) {
      String name = "neck.level" + (stage + 1);
      levels.add(
          new Level(
              stage,
              new Upsample(name + ".up"),
              units.lateral(name, stages.get(stage), channels),
              units.convolution(name + ".refine", channels, channels)));
    }
  }

  /** The finest level, [N,H,W,channels]. */
  Variable forward(Tape tape, List<Variable> stages) {
    Variable y = top.forward(tape, stages.get(stages.size() - 1));
    for (Level level : levels) {
      Variable coarse = level.upsample.forward(tape, y);
      Variable joined = level.join.forward(tape, stages.get(level.stage), coarse);
      y = level.refine.forward(tape, joined);
    }
    return y;
  }

  /** Adds the evaluation form to an export graph. */
  Value emit(GraphBuilder graph, List<Value> stages) {
    Value y = top.emit(graph, stages.get(stages.size() - 1));
    for (Level level : levels) {
      Value coarse = level.upsample.emit(graph, y);
      y = level.refine.emit(graph, level.join.emit(graph, stages.get(level.stage), coarse));
    }
    return y;
  }

  List<Parameter> parameters() {
    return Stream.concat(top.parameters().stream(), levels.stream().flatMap(Level::parameters))
        .distinct()
        .toList();
  }
}
