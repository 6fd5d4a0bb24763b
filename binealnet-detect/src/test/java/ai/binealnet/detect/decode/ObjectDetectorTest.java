package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.data.ModelCard;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.core.inference.Model;
import ai.binealnet.core.inference.PictureModel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectDetectorTest {
  private static final int SIDE = 16;
  private static final int CELLS = 4;

  /**
   * A model that finds one object of 2 x 1 cells, in the cell whose first pixel is the only one
   * that is not 0.
   */
  private record Stub(int classes) implements Model {
    @Override
    public String name() {
      return "stub.onnx";
    }

    @Override
    public Map<String, String> metadata() {
      return new ModelCard("detect", List.of("cat", "dog"), ImageSpec.rgb(SIDE, SIDE)).toMetadata();
    }

    @Override
    public Map<String, FloatTensor> run(byte[] pixels, int count, int rows, int columns) {
      float[] heatmap = new float[CELLS * CELLS * classes];
      Arrays.fill(heatmap, -9);
      float[] size = new float[CELLS * CELLS * 2];
      float[] offset = new float[CELLS * CELLS * 2];
      Arrays.fill(offset, 0.5f);
      for (int cell = 0; cell < CELLS * CELLS; cell++) {
        int y = cell / CELLS * SIDE / CELLS;
        int x = cell % CELLS * SIDE / CELLS;
        for (int dx = 0; dx < SIDE / CELLS; dx++) { // the mirrored pixel is the cell's last
          if (pixels[3 * (y * SIDE + x + dx)] != 0) {
            heatmap[cell * classes + classes - 1] = 2;
            size[2 * cell] = 2;
            size[2 * cell + 1] = 1;
          }
        }
      }
      return Map.of(
          RawOutputs.HEATMAP, tensor(classes, heatmap),
          RawOutputs.SIZE, tensor(2, size),
          RawOutputs.OFFSET, tensor(2, offset));
    }

    private static FloatTensor tensor(long channels, float[] values) {
      return new FloatTensor(new long[] {1, CELLS, CELLS, channels}, values);
    }
  }

  private static Image picture() {
    byte[] pixels = new byte[SIDE * SIDE * 3];
    pixels[3 * (4 * SIDE + 8)] = 1; // row 1, column 2 of the grid
    return new Image(SIDE, SIDE, 3, pixels);
  }

  @Test
  void shouldFindWhatTheModelMarks() {
    List<Detection> found = ObjectDetector.of(new Stub(2)).detect(picture());

    assertThat(found).hasSize(1);
    assertThat(found.get(0).label()).isEqualTo(1);
    assertThat(found.get(0).box()).isEqualTo(new Box(6, 4, 14, 8));
    assertThat(found.get(0).score()).isCloseTo(1 / (1 + Math.exp(-2)), within(1e-9));
  }

  @Test
  void shouldMeanTheMirrorImageToo() {
    PictureModel model = PictureModel.of(new Stub(2), ObjectDetector.TASK);

    List<Detection> found =
        new ObjectDetector(model, CenterDecoder.DISPLAY, true).detect(picture());

    assertThat(found).hasSize(1);
    assertThat(found.get(0).box()).isEqualTo(new Box(6, 4, 14, 8));
  }

  @Test
  void shouldRefuseAnotherNumberOfClassesThanTheCardNames() {
    ObjectDetector detector = ObjectDetector.of(new Stub(3));

    assertThatThrownBy(() -> detector.detect(picture()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("stub.onnx")
        .hasMessageContaining("[1, -1, -1, 2]");
  }
}
