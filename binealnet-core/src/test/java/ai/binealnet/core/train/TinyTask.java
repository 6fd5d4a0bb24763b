package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Loss;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.autograd.Variable;
import ai.binealnet.core.binary.AlphaShape;
import ai.binealnet.core.data.DataLoader;
import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.BatchNorm;
import ai.binealnet.core.nn.BinaryActivation;
import ai.binealnet.core.nn.BinaryConv2d;
import ai.binealnet.core.nn.Conv2d;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.ScalePosition;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** A small binary network that learns which half of a random picture is brighter. */
class TinyTask implements Task<List<TinyTask.Sample>> {
  static final int SIDE = 6;
  static final int SAMPLES = 40;
  private static final int CHANNELS = 8;

  /** A picture of one channel and its class. */
  record Sample(float[] pixels, int label) {}

  private final Layer network;

  TinyTask(long seed) {
    Initializer init = new Initializer(seed);
    ConvGeometry window = ConvGeometry.same(3, 1);
    network =
        Sequential.of(
            new Conv2d("stem", 1, CHANNELS, window, WeightType.INT8, false, init),
            new BatchNorm("norm1", CHANNELS),
            new BinaryActivation("act", CHANNELS, 1, true),
            new BinaryConv2d(
                "conv",
                CHANNELS,
                CHANNELS,
                window,
                AlphaShape.OUT,
                ScalePosition.BEFORE,
                true,
                init),
            new BatchNorm("norm2", CHANNELS),
            new GlobalPool("pool"),
            new Linear("head", CHANNELS, 2, WeightType.INT8, init));
  }

  @Override
  public List<Parameter> parameters() {
    return network.parameters();
  }

  @Override
  public Variable loss(Tape tape, List<Sample> batch) {
    Tensor images = tape.allocate(Shape.of(batch.size(), SIDE, SIDE, 1));
    for (int n = 0; n < batch.size(); n++) {
      images.write(n * SIDE * SIDE, batch.get(n).pixels, SIDE * SIDE);
    }
    int[] labels = batch.stream().mapToInt(Sample::label).toArray();
    return Loss.softmaxCrossEntropy(tape, network.forward(tape, tape.input(images)), labels, 0.1f);
  }

  @Override
  public Map<String, Double> validate() {
    return Map.of("val_top1", 0.5);
  }

  /** Batches of 8 of 40 pictures, with noise that depends on seed, epoch and sample. */
  static DataLoader<Sample, List<Sample>> loader(long seed) {
    Dataset<Sample> samples =
        new Dataset<>() {
          @Override
          public int size() {
            return SAMPLES;
          }

          @Override
          public Sample get(int index) {
            return sample(index);
          }
        };
    return new DataLoader<>(
        samples, TinyTask::noisy, List::copyOf, DataLoader.Settings.training(8, seed, 2));
  }

  private static Sample sample(int index) {
    SplittableRandom random = new SplittableRandom(index);
    float[] pixels = new float[SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      boolean bright = i < pixels.length / 2 == (index % 2 == 0);
      pixels[i] = (float) (random.nextDouble() + (bright ? 0.5 : 0));
    }
    return new Sample(pixels, index % 2);
  }

  private static Sample noisy(Sample sample, RandomGenerator random) {
    float[] pixels = sample.pixels.clone();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] += (float) random.nextDouble(-0.1, 0.1);
    }
    return new Sample(pixels, sample.label);
  }
}
