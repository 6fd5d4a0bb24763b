package ai.binealnet.superres.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.autograd.Tape;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.graph.Binarize;
import ai.binealnet.core.graph.DepthToSpace;
import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.superres.Networks;
import ai.binealnet.superres.TestPictures;
import ai.binealnet.superres.data.Bicubic;
import ai.binealnet.superres.decode.Enlarger;
import ai.binealnet.superres.decode.EnlargerCard;
import ai.binealnet.superres.metric.Scores;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdsrTest {
  private static final CpuKernels KERNELS = new CpuKernels(1);

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldEnlargeBicubicallyWithoutItsBody(int scale) {
    SuperresConfig config = Networks.small(scale);
    Edsr network = silenced(new Edsr(config));
    Image low = Bicubic.shrink(TestPictures.sample("bird"), 4);

    Image large = enlarger(network, config).enlarge(low);

    // 8-bit weights are off by up to 1/256 each; the border is as good as the rest.
    assertThat(Scores.of(large, Bicubic.enlarge(low, scale), 0).psnr()).isGreaterThan(45);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BICUBIC", "NEAREST"})
  void shouldKeepAFlatPictureFlatWithoutItsBody(GlobalSkip skip) {
    SuperresConfig config = Networks.small(3, "network.skip=" + skip);
    Edsr network = silenced(new Edsr(config));
    byte[] pixels = new byte[8 * 9 * 3];
    Arrays.fill(pixels, (byte) 201);

    Image large = enlarger(network, config).enlarge(new Image(8, 9, 3, pixels));

    assertThat(large.pixels()).containsOnly(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"STREAM", "BASIC"})
  void shouldReachAsFarAsItSays(String block) {
    SuperresConfig config = Networks.small(2, "network.block=" + block);
    Edsr network = new Edsr(config);
    int reach = config.network().reach();
    Image image = TestPictures.noise(15, 15, 3, 1);
    float[] before = raw(network, config, image);

    int changedInside = 0;
    for (int distance = 1; distance <= 7; distance++) {
      byte[] pixels = image.pixels().clone();
      for (int c = 0; c < 3; c++) {
        pixels[(7 * 15 + 7 + distance) * 3 + c] ^= (byte) 0x80;
      }
      float[] after = raw(network, config, new Image(15, 15, 3, pixels));
      boolean same = true;
      for (int i = 0; i < 2 * 2 * 3; i++) {
        int at = ((14 + i / 6) * 30 + 14) * 3 + i % 6;
        same &= after[at] == before[at];
      }
      if (distance > reach) {
        assertThat(same).as("pixel %s away", distance).isTrue();
      } else {
        changedInside += same ? 0 : 1;
      }
    }
    assertThat(changedInside).isGreaterThanOrEqualTo(2);
  }

  @Test
  void shouldGiveTheSameBitsInTiles() {
    SuperresConfig config = Networks.small(3);
    Edsr network = scrambled(new Edsr(config), 5);
    Image image = TestPictures.noise(41, 30, 3, 2);
    Image whole = enlarger(network, config).enlarge(image);

    for (int side : new int[] {9, 13, 16, 29}) {
      Enlarger tiled =
          new Enlarger(tile -> raw(network, config, tile), config.card(), side, side, false);
      assertThat(tiled.enlarge(image)).as("tiles of %s", side).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void shouldEnlargePicturesSmallerThanItsReach(int side) {
    SuperresConfig config = Networks.small(4);

    Image large =
        enlarger(new Edsr(config), config).enlarge(TestPictures.noise(side, side + 1, 3, 3));

    assertThat(large.height()).isEqualTo(4 * side);
    assertThat(large.width()).isEqualTo(4 * side + 4);
  }

  @Test
  void shouldDescribeItself() {
    SuperresConfig config = Networks.small(2, "network.blocks=2");
    ModelGraph graph = new Edsr(config).graph(Map.of("key", "value"));

    assertThat(graph.name()).isEqualTo("edsr2-c32-x2-stream");
    assertThat(graph.outputs()).containsExactly(Enlarger.PICTURE);
    assertThat(graph.metadata()).containsEntry("key", "value");
    assertThat(EnlargerCard.of(graph.metadata(), "graph")).isEqualTo(new EnlargerCard(2, 6));
    assertThat(graph.nodes()).filteredOn(Binarize.class::isInstance).hasSize(4);
    assertThat(graph.nodes()).filteredOn(DepthToSpace.class::isInstance).hasSize(1);
    assertThat(new Edsr(config).parameters())
        .extracting(Parameter::name)
        .contains("stem.conv.weight", "stage1.block1.conv2.weight", "head.conv.weight")
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldBeDecidedByTheSeed() {
    Image image = TestPictures.noise(6, 6, 3, 4);
    SuperresConfig config = Networks.small(2);
    SuperresConfig other = Networks.small(2, "training.seed=2");

    assertThat(raw(new Edsr(config), config, image))
        .isEqualTo(raw(new Edsr(config), config, image))
        .isNotEqualTo(raw(new Edsr(other), other, image));
  }

  @Test
  void shouldHaveATwin() {
    SuperresConfig twin = Networks.small(2).twin(1);

    assertThat(twin.hasBinaryLayers()).isFalse();
    assertThat(twin.title()).isEqualTo("edsr1-c32-x2-basic");
    assertThat(new Edsr(twin).parameters())
        .extracting(Parameter::role)
        .doesNotContain(Parameter.Role.BINARY_WEIGHT);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void shouldHaveARecipeOfEachScale(int scale) {
    Path file = Path.of("..", "configs", "superres-x%d.yaml".formatted(scale));
    SuperresConfig config = ConfigFile.resolve(SuperresConfig.defaults(), file, List.of());

    assertThat(config.title()).isEqualTo("edsr8-c64-x%d-stream".formatted(scale));
    assertThat(config.card()).isEqualTo(new EnlargerCard(scale, 18));
  }

  @Test
  void shouldRefuseWhatDoesNotExist() {
    assertThatThrownBy(() -> Networks.small(5))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("2, 3 or 4");
    assertThatThrownBy(() -> Networks.small(2, "network.block=BINEAL"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("STREAM");
    assertThatThrownBy(() -> Networks.small(2, "input.height=10"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("square");
    assertThatThrownBy(() -> Networks.small(2, "training.stage=WEIGHTS"))
        .isInstanceOf(UserError.class);
    assertThatThrownBy(() -> Networks.small(2, "training.distillation={teacher: run, features: 1}"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("features=0");
    SuperresConfig uneven = Networks.small(2, "input.std=[64, 64, 32]");
    assertThatThrownBy(() -> new Edsr(uneven)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Enlarger enlarger(Edsr network, SuperresConfig config) {
    return Enlarger.dynamic(image -> raw(network, config, image), config.card());
  }

  private static float[] raw(Edsr network, SuperresConfig config, Image image) {
    var spec = config.input().withSize(image.height(), image.width());
    float[] pixels = new float[spec.elements()];
    spec.normalize(image, pixels, 0);
    try (Tape tape = Tape.evaluation(KERNELS, new TensorPool())) {
      Tensor input = tape.allocate(Shape.of(1, image.height(), image.width(), 3)).set(pixels);
      return network.forward(tape, tape.input(input)).value().toArray();
    }
  }

  /** The network with a last layer that adds nothing. */
  private static Edsr silenced(Edsr network) {
    parameter(network, "head.affine.gamma").value().fill(0);
    return network;
  }

  /** The network with random shifts, so that no channel is like another. */
  private static Edsr scrambled(Edsr network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (Parameter parameter : network.parameters()) {
      if (parameter.name().matches(".*(b0|b1|beta)") && !parameter.name().startsWith("head")) {
        for (int i = 0; i < parameter.value().size(); i++) {
          parameter.value().set(i, (float) random.nextDouble(-0.5, 0.5));
        }
      }
    }
    return network;
  }

  private static Parameter parameter(Edsr network, String name) {
    return network.parameters().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
