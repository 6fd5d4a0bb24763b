package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  @Test
  void shouldEndWithTwoForAnUnknownCommand() {
    Run run = Run.of("fly");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("'fly'").contains("what to do: see binealnet --help");
  }

  @Test
  void shouldPrintUsageErrorsAsJsonWhenAsked() {
    Run run = Run.of("data", "check", "--json");
    assertThat(run.code()).isEqualTo(2);
    JsonNode error = run.json().get("error");
    assertThat(error.get("actual").asText()).contains("DIR");
    assertThat(error.get("expected").asText()).contains("binealnet data check");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void shouldEndWithTwoWithoutACommand() {
    assertThat(Run.of().code()).isEqualTo(2);
    assertThat(Run.of("data").code()).isEqualTo(2);
  }

  @Test
  void shouldPrintHelpAndVersion() {
    assertThat(Run.of("--help").code()).isZero();
    assertThat(Run.of("--help").out()).contains("doctor").contains("Exit codes");
    assertThat(Run.of("--version").out()).matches("binealnet \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @Test
  void shouldFindEveryLibraryOnThisMachine() {
    Run run = Run.of("doctor", "--json");
    assertThat(run.json().get("libraries")).hasSize(4);
    run.json()
        .get("libraries")
        .forEach(
            library -> {
              assertThat(library.get("ok").asBoolean()).as(library.toString()).isTrue();
              assertThat(library.get("version").asText()).containsPattern("\\d");
            });
    assertThat(run.code()).isZero();
  }

  @Test
  void shouldSayInFourPartsWhatIsWrong(@TempDir Path dir) {
    Run text = Run.of("data", "check", dir.resolve("nowhere").toString());
    assertThat(text.code()).isEqualTo(1);
    assertThat(text.out()).isEmpty();
    assertThat(text.err()).contains("nowhere", "expected:", "actual:", "what to do:");
    Run json = Run.of("data", "check", "--json", dir.resolve("nowhere").toString());
    assertThat(json.code()).isEqualTo(1);
    for (String part : List.of("what", "expected", "actual", "remedy")) {
      assertThat(json.json().get("error").path(part).asText()).as(part).isNotBlank();
    }
  }
}
