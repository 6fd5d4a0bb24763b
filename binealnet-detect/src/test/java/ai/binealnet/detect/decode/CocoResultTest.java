package ai.binealnet.detect.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class CocoResultTest {
  @Test
  void shouldWriteTheResultFormatOfCoco() throws JsonProcessingException {
    List<CocoResult> results =
        CocoResult.of(
            "a/b.jpg",
            List.of(new Detection(new Box(1.234, 2, 11.5, 4.006), 1, 0.75)),
            List.of("cell", "worm"));

    assertThat(new ObjectMapper().writeValueAsString(results))
        .isEqualTo(
            "[{\"image_id\":\"a/b.jpg\",\"category_id\":2,\"category\":\"worm\","
                + "\"bbox\":[1.23,2.0,10.27,2.01],\"score\":0.75}]");
  }
}
