package ai.binealnet.superres.model;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.nn.DepthToSpace;
import ai.binealnet.core.nn.GraphBuilder;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.nn.Sum;
import ai.binealnet.core.nn.Value;
import ai.binealnet.core.task.TaskNetwork;
import ai.binealnet.superres.decode.Enlarger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * EDSR (Lim et al., 2017) with a binary body: pictures [N,H,W,3], normalised, to enlarged ones
 * [N,scale H,scale W,3] in units of pixel values (0..255, neither rounded nor clipped).
 *
 * <pre>
 *                             /------------------------------\
 * pixels - conv3x3 - stream -+- binarize - bconv3x3 - affine - + - stream - ... - conv3x3 - + - large pixels
 *        \- enlarged (bicubic), a convolution -------------------------------------------/
 * </pre>
 */
public final class Edsr implements TaskNetwork {
  private final SuperresConfig config;
  private final Layer layers;

  /**
   * A network with fresh weights, decided by the recipe's seed; at first it does little more than
   * its skip.
   *
   * @throws IllegalArgumentException if colours are normalised differently
   */
  public Edsr(SuperresConfig config) {
    this.config = config;
    ImageSpec spec = config.input();
    EdsrParts parts =
        new EdsrParts(config.network(), uniform(spec.mean()), uniform(spec.std()), config.seed());
    layers =
        Sequential.of(
            new Sum(
                "head.sum", Sequential.of(parts.stem(), parts.body(), parts.tail()), parts.skip()),
            new DepthToSpace(Enlarger.PICTURE, config.network().scale()));
  }

  private static float uniform(float[] values) {
    for (float value : values) {
      if (value != values[0] || values.length != EdsrParts.COLORS) {
        throw new IllegalArgumentException(
            "super-resolution wants three colours with one mean and one std in section input");
      }
    }
    return values[0];
  }

  /** How many times larger pictures become along each axis. */
  public int scale() {
    return config.network().scale();
  }

  /** The enlarged pictures of a batch, [N,scale H,scale W,3], in units of pixel values. */
  @Override
  public Variable forward(Tape tape, Variable images) {
    return layers.forward(tape, images);
  }

  @Override
  public List<Parameter> parameters() {
    return layers.parameters();
  }

  /** From uint8 pixels of any size to {@link Enlarger#PICTURE}, float32 pixel values. */
  @Override
  public ModelGraph graph(Map<String, String> metadata) {
    ImageSpec spec = config.input();
    GraphBuilder graph = GraphBuilder.ofPictures(spec.height(), spec.width(), spec.mean().length);
    Value pixels = graph.normalize(spec.mean(), spec.std());
    Value picture = layers.emit(graph, pixels);
    Map<String, String> all = new LinkedHashMap<>(metadata);
    all.putAll(config.card().toMetadata());
    return graph.build(config.title(), List.of(picture), all).withAnySize(1);
  }
}
