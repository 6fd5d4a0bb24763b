package ai.binealnet.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.data.ColorOrder;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureModelTest {
  private static final Image FIRST = new Image(1, 2, 3, new byte[] {1, 2, 3, (byte) 200, 5, 6});
  private static final Image SECOND = new Image(1, 2, 1, new byte[] {7, (byte) 250});

  /** Puts out the pixels that it is given, as they are. */
  private record Echo(Map<String, String> metadata) implements Model {
    Echo(String task, ImageSpec input) {
      this(new ModelCard(task, List.of("a"), input).toMetadata());
    }

    @Override
    public String name() {
      return "echo.onnx";
    }

    @Override
    public Map<String, FloatTensor> run(byte[] pixels, int count, int rows, int columns) {
      float[] values = new float[pixels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = pixels[i] & 0xff;
      }
      long channels = pixels.length / ((long) count * rows * columns);
      return Map.of("pixels", new FloatTensor(new long[] {count, rows, columns, channels}, values));
    }
  }

  private static PictureModel model(ColorOrder order) {
    int channels = order.channels();
    float[] std = new float[channels];
    Arrays.fill(std, 64);
    ImageSpec input = new ImageSpec(order, 1, 2, new float[channels], std);
    return PictureModel.of(new Echo("any", input), "any");
  }

  @Test
  void shouldGiveAModelItsPicturesInItsColourOrder() {
    Outputs outputs = model(ColorOrder.BGR).run(List.of(FIRST, SECOND));

    assertThat(outputs.get("pixels", 2, 1, 2, 3).values())
        .containsExactly(3, 2, 1, 6, 5, 200, 7, 7, 7, 250, 250, 250);
  }

  @Test
  void shouldTakePicturesOfAnotherSizeToTheModel() {
    Image tall = new Image(3, 1, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});

    assertThat(model(ColorOrder.RGB).run(tall).get("pixels", -1, 3, 1, -1).values())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void shouldRefusePicturesOfDifferentSizesInABatch() {
    Image other = new Image(2, 2, 1, new byte[4]);

    assertThatThrownBy(() -> model(ColorOrder.RGB).run(List.of(FIRST, other)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2 rows x 2 columns");
  }

  @Test
  void shouldRefuseAnEmptyBatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model(ColorOrder.RGB).run(List.of()))
        .withMessageContaining("at least one picture");
  }

  @Test
  void shouldRefuseAModelOfAnotherTask() {
    assertThatThrownBy(() -> PictureModel.of(new Echo("detect", ImageSpec.cifar()), "segment"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("echo.onnx")
        .hasMessageContaining("a model of task segment")
        .hasMessageContaining("detect");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void shouldRefuseOutputsOfAnotherShape(int rank) {
    long[] shape = new long[rank];
    Arrays.fill(shape, -1);
    Outputs outputs = model(ColorOrder.RGB).run(FIRST);

    assertThatThrownBy(() -> outputs.get("pixels", shape))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("[1, 1, 2, 3]");
  }

  @Test
  void shouldRefuseAnOutputThatIsMissingOrOfAnotherExtent() {
    Outputs outputs = model(ColorOrder.RGB).run(FIRST);

    assertThatThrownBy(() -> outputs.get("logits", 1, 1, 2, 3))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("logits")
        .hasMessageContaining("outputs [pixels]");
    assertThatThrownBy(() -> outputs.get("pixels", 1, 1, 2, 4))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("[1, 1, 2, 4]");
  }
}
