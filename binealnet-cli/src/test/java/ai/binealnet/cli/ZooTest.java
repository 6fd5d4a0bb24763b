package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.ImageFiles;
import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
  private static final long LARGEST = 2L << 20;

  @TempDir private Path dir;

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Home.folder("zoo").orElseThrow())) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  private static String name(Path model) {
    return model.getFileName().toString().replace(".onnx", "");
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldFindEachModelByNameWithItsCard(Path model) throws IOException {
    assertThat(Zoo.find(name(model), ".onnx")).isEqualTo(model);
    assertThat(Files.size(model)).isLessThanOrEqualTo(LARGEST);
    assertThat(model.resolveSibling("README.md")).content().contains(name(model));
  }

  @ParameterizedTest
  @MethodSource("models")
  void shouldPredictWithEachModel(Path model) {
    Path picture = dir.resolve("grey.png");
    byte[] grey = new byte[32 * 32 * 3];
    Arrays.fill(grey, (byte) 128);
    ImageFiles.writePng(new Image(32, 32, 3, grey), picture);

    List<String> args = new ArrayList<>(List.of("predict", name(model), picture.toString()));
    if (Tasks.ofModel(model) instanceof MatchTask) {
      args.add(picture.toString());
    }
    args.addAll(List.of("-o", dir.resolve("out").toString()));
    Run result = Run.of(args.toArray(String[]::new));

    assertThat(result.code()).as(result.err()).isZero();
    assertThat(dir.resolve("out").resolve("predictions.json")).isNotEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-model", "resnet14"})
  void shouldNameTheModelsThereAre(String name) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> Zoo.find(name, ".onnx"))
        .satisfies(e -> assertThat(e.expected()).contains("resnet14-x4-cifar10"));
  }

  @Test
  void shouldLeavePathsAlone() {
    Path path = dir.resolve("missing.onnx");
    assertThat(Zoo.find(path.toString(), ".onnx")).isEqualTo(path);
    assertThat(Zoo.find("missing.onnx", ".onnx")).isEqualTo(Path.of("missing.onnx"));
    assertThat(Zoo.find(dir.toString(), ".safetensors")).isEqualTo(dir);
  }
}
