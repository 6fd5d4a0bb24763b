package ai.binealnet.core.task;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The weights that a training starts from, each a run folder or a safetensors file.
 *
 * @param network for the whole network, or empty
 * @param backbone for the backbone alone, or empty
 */
public record Start(String network, String backbone) {
  private static final int SHOWN = 3;

  /** Fresh weights. */
  public static final Start FRESH = new Start("", "");

  /** Checks that at most one is given. */
  public Start {
    if (!network.isEmpty() && !backbone.isEmpty()) {
      throw new UserError(
          "two places to start from",
          "one of --init and --init-backbone",
          network + " and " + backbone,
          "leave one out");
    }
  }

  /** The whole network from a run or a file. */
  public static Start network(Path source) {
    return new Start(source.toAbsolutePath().toString(), "");
  }

  /** The backbone from a run of any task, or a file. */
  public static Start backbone(Path source) {
    return new Start("", source.toAbsolutePath().toString());
  }

  /**
   * Fills the parameters of a fresh network.
   *
   * @throws UserError if the source does not fit; scales of binary layers, which real ones have
   *     not, may be new
   */
  void fill(List<Parameter> parameters) {
    if (!network.isEmpty()) {
      fill(
          network,
          parameters,
          "use a run of the same network, width, block, stem and classes; --init-backbone leaves"
              + " neck and head out");
    } else if (!backbone.isEmpty()) {
      fill(
          backbone,
          parameters.stream().filter(Start::isOfBackbone).toList(),
          "use a run of the same network, width, block and stem");
    }
  }

  private static boolean isOfBackbone(Parameter parameter) {
    return parameter.name().startsWith("stem.") || parameter.name().startsWith("stage");
  }

  private static void fill(String source, List<Parameter> parameters, String remedy) {
    Path path = Path.of(source);
    Path weights =
        Files.isDirectory(path) ? Checkpoint.weights(RunFolder.open(path).checkpoint()) : path;
    List<String> unfit = Checkpoint.initialize(weights, parameters);
    if (!unfit.isEmpty()) {
      int shown = Math.min(SHOWN, unfit.size());
      throw new UserError(
          "cannot start from " + source,
          parameters.size() + " tensors of this network's names and shapes",
          "%d do not fit: %s%s"
              .formatted(
                  unfit.size(),
                  String.join(", ", unfit.subList(0, shown)),
                  shown < unfit.size() ? ", …" : ""),
          remedy);
    }
  }
}
