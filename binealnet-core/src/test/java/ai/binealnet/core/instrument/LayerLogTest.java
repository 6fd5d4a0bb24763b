package ai.binealnet.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerLogTest {
  @TempDir private Path dir;

  private Path file() {
    return dir.resolve("new").resolve("layers.csv");
  }

  private static LayerRow row(int epoch, double ratio) {
    return new LayerRow(
        epoch, "conv", "binary_weight", Map.of(Measure.SIZE, 8.0, Measure.FLIP_RATIO, ratio));
  }

  @Test
  void shouldReadWhatItWrote() {
    LayerLog log = new LayerLog(file());
    log.append(List.of(row(1, 0.25)));
    log.append(List.of(row(2, 0.125)));

    assertThat(file())
        .content()
        .startsWith("epoch,layer,kind,size,gradient_norm,flip_ratio,")
        .contains("\n1,conv,binary_weight,8,,0.250000,");
    assertThat(LayerLog.read(file())).containsExactly(row(1, 0.25), row(2, 0.125));
  }

  @Test
  void shouldForgetTheEpochsThatAreDoneAgain() {
    LayerLog log = new LayerLog(file());
    log.append(List.of(row(1, 0.25)));
    log.append(List.of(row(2, 0.125)));
    LayerLog again = new LayerLog(file());
    again.truncate(1);
    again.append(List.of(row(2, 0.5)));

    assertThat(LayerLog.read(file())).containsExactly(row(1, 0.25), row(2, 0.5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "epoch,layer\n1,conv\n",
        "HEADER\n1,conv,x\n",
        "HEADER\n1,a,b,x,,,,,,,,,,,,\n"
      })
  void shouldReportADamagedLog(String content) throws IOException {
    String header = "epoch,layer,kind," + String.join(",", LayerLog.MEASURES);
    Files.createDirectories(file().getParent());
    Files.writeString(file(), content.replace("HEADER", header));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new LayerLog(file()))
        .withMessageContaining("layers.csv");
  }
}
