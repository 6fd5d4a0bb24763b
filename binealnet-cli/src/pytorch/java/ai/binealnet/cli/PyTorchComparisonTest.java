package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.set_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.set_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.zeros;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.deploy.bench.Timings;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One step of ours, one of PyTorch's, in turns; prints what they take. It asserts no times, only
 * that both train.
 */
class PyTorchComparisonTest {
  private static final int BATCH = 128;
  private static final double WIDTH = 1.5;
  private static final double NANOS = 1e9;

  /** BFLOAT16 stands for PyTorch's automatic mixed precision. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void shouldStepInTurns(Precision torchPrecision) {
    int steps = Integer.getInteger("binealnet.steps", 30);
    set_num_threads(Runtime.getRuntime().availableProcessors());
    set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
    PyTorchNetwork network = new PyTorchNetwork(WIDTH);
    Tensor images = randn(BATCH, 3, 32, 32).contiguous(MemoryFormat.ChannelsLast);
    Tensor labels = zeros(BATCH).to(ScalarType.Long);
    Timings torch = new Timings();
    Runnable step =
        () -> {
          set_autocast_enabled(DeviceType.CPU, torchPrecision == Precision.BFLOAT16);
          long start = System.nanoTime();
          double loss = network.step(images, labels);
          torch.add((System.nanoTime() - start) / NANOS);
          set_autocast_enabled(DeviceType.CPU, false);
          assertThat(loss).isFinite();
        };
    ClassifyConfig config =
        ConfigFile.resolve(
            ClassifyConfig.defaults(),
            null,
            List.of("training.epochs=1", "training.checkpointSteps=" + Integer.MAX_VALUE));

    TrainingBench.Outcome ours = new TrainingBench(config, steps, step).run();

    System.out.printf(
        "ResNet-20 x1.5, batch %d, %d steps in turns: ours %.3f s, PyTorch (%s) %.3f s a step,"
            + " ratio %.3f (medians); by minima %.3f and %.3f%n",
        BATCH,
        steps,
        ours.medianSeconds(),
        torchPrecision,
        torch.median(),
        ours.medianSeconds() / torch.median(),
        ours.minSeconds(),
        torch.percentile(0));
    assertThat(ours.medianSeconds()).isPositive();
  }
}
