package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCardTest {
  private static final ModelCard CARD =
      new ModelCard("classify", List.of("cat", "dog"), ImageSpec.cifar());

  @Test
  void shouldReadWhatItWrote() {
    assertThat(ModelCard.of(CARD.toMetadata(), "m.onnx")).isEqualTo(CARD);
  }

  @ParameterizedTest
  @CsvSource({
    "classes, null",
    "classes, '[\"cat\", null]'",
    "classes, 3",
    "image_spec, null",
    "image_spec, '{\"height\": 3}'"
  })
  void shouldRefuseAnEntryThatSaysNothing(String key, String value) {
    Map<String, String> metadata = new HashMap<>(CARD.toMetadata());
    metadata.put(key, value);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ModelCard.of(metadata, "m.onnx"))
        .withMessageContaining("m.onnx");
  }
}
