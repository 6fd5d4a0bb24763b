package ai.binealnet.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {
  @TempDir private Path dir;
  private Path file;

  @BeforeEach
  void choose() {
    file = dir.resolve("metrics.csv");
  }

  private static Map<String, Double> row(double loss, double top1) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("train_loss", loss);
    row.put("val_top1", top1);
    return row;
  }

  private RunLog threeEpochs() {
    RunLog log = new RunLog(file);
    log.append(0, row(2.25, 0.125));
    log.append(1, row(1.5, 0.25));
    log.append(2, row(1, 0.333333333));
    return log;
  }

  @Test
  void shouldReadWhatItWrote() {
    RunLog log = threeEpochs();

    assertThat(file)
        .hasContent(
            "epoch,train_loss,val_top1\n1,2.25000,0.125000\n2,1.50000,0.250000\n3,1,0.333333\n");
    assertThat(RunLog.read(file))
        .hasSize(3)
        .element(1)
        .isEqualTo(Map.of("epoch", 2.0, "train_loss", 1.5, "val_top1", 0.25));
    assertThat(new RunLog(file).rows()).hasSize(3);
    assertThat(log.rows().get(2)).containsEntry("val_top1", 0.333333333);
  }

  @Test
  void shouldForgetTheEpochsThatAreDoneAgain() {
    threeEpochs();
    RunLog log = new RunLog(file);
    log.truncate(1);
    assertThat(log.rows()).extracting(row -> row.get("epoch")).containsExactly(1.0);
    log.append(1, row(1.25, 0.5));

    assertThat(file)
        .hasContent("epoch,train_loss,val_top1\n1,2.25000,0.125000\n2,1.25000,0.500000\n");
  }

  @Test
  void shouldNotChangeRowsByReadingThemAgain() throws IOException {
    RunLog log = new RunLog(file);
    double[] values = {
      0.1, 1 / 3.0, 123456.7, 12345678.9, 1e-7, 1e12, Double.NaN, Double.POSITIVE_INFINITY, -0.0, 5
    };
    for (int i = 0; i < values.length; i++) {
      log.append(i, row(values[i], i));
    }
    String before = Files.readString(file);
    RunLog again = new RunLog(file);
    again.truncate(values.length - 1);
    again.append(values.length - 1, row(5, values.length - 1));

    assertThat(file).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "epoch,loss\n1\n",
        "epoch,loss\n1,abc\n",
        "epoch,loss\n1,\n",
        "loss,top1\n1,2\n",
        "garbage\nrows\n",
        "epoch,loss\n1,2,3\n"
      })
  void shouldReportADamagedLog(String content) throws IOException {
    Files.writeString(file, content);

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new RunLog(file).truncate(0))
        .withMessageContaining("metrics.csv");
  }

  @Test
  void shouldReportALogThatIsNoText() throws IOException {
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> new RunLog(file));
    assertThatExceptionOfType(UserError.class).isThrownBy(() -> new RunLog(dir));
  }

  @Test
  void shouldReportAFolderThatCannotBeWritten() throws IOException {
    Path blocked = Files.createFile(dir.resolve("file"));
    RunLog log = new RunLog(blocked.resolve("metrics.csv"));

    assertThatExceptionOfType(UserError.class).isThrownBy(() -> log.append(0, row(1, 1)));
  }

  @Test
  void shouldStartEmpty() {
    RunLog log = new RunLog(file);
    log.truncate(0);

    assertThat(log.rows()).isEqualTo(List.of());
    assertThat(file).doesNotExist();
  }
}
