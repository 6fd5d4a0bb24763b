package ai.binealnet.segment.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassTableTest {
  @TempDir Path dir;

  private ClassTable values(String text) throws IOException {
    Files.writeString(dir.resolve(ClassTable.VALUES), text);
    return ClassTable.read(dir);
  }

  @Test
  void shouldReadCamVid() {
    ClassTable table = ClassTable.read(SceneData.SAMPLES);

    assertThat(table.names()).hasSize(11).startsWith("Sky", "Building").endsWith("Bicyclist");
    assertThat(table.label(3)).isEqualTo(3);
    assertThat(table.label(11)).isEqualTo(LabelMap.VOID);
    assertThat(table.label(12)).isEqualTo(-1);
    assertThat(table.isColors()).isFalse();
  }

  @Test
  void shouldTakeTheValueAfterTheLastForVoid() throws IOException {
    ClassTable table = values("Sky\n\n# not yet\nRoad surface\n");

    assertThat(table.names()).containsExactly("Sky", "Road surface");
    assertThat(table.label(1)).isEqualTo(1);
    assertThat(table.label(2)).isEqualTo(LabelMap.VOID);
    assertThat(table.label(3)).isEqualTo(-1);
  }

  @Test
  void shouldLeaveOutAnyValueThatTheFileSays() throws IOException {
    ClassTable table = values("255 Void\n0 Border (ignore)\n7 Road\n9 Car\n");

    assertThat(table.names()).containsExactly("Road", "Car");
    assertThat(table.label(255)).isEqualTo(LabelMap.VOID);
    assertThat(table.label(0)).isEqualTo(LabelMap.VOID);
    assertThat(table.label(9)).isEqualTo(1);
    assertThat(table.label(10)).isEqualTo(-1);
  }

  @Test
  void shouldReadColours() throws IOException {
    Files.writeString(
        dir.resolve(ClassTable.COLORS),
        "128 64 128\tRoad\n64 0 128, Car\n64 128 192 Car\n0 0 0 Void\n");

    ClassTable table = ClassTable.read(dir);

    assertThat(table.isColors()).isTrue();
    assertThat(table.names()).containsExactly("Road", "Car");
    assertThat(table.label(0x400080)).isEqualTo(1).isEqualTo(table.label(0x4080c0));
    assertThat(table.label(0)).isEqualTo(LabelMap.VOID);
    assertThat(table.label(1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 Sky,Road|a value and a name",
        "0 Sky,0 Road|every value",
        "0 Sky,256 Road|from 0 to 255",
        "0 Sky,99999999999 Road|from 0 to 255",
        "0 Sky,1 Void|2 to 255 classes"
      })
  void shouldRefuseWhatIsNoTable(String lines, String expected) {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> values(lines.replace(',', '\n')))
        .withMessageContaining(expected)
        .withMessageContaining(ClassTable.VALUES);
  }

  @Test
  void shouldRefuseWhatIsNoColour() throws IOException {
    Files.writeString(dir.resolve(ClassTable.COLORS), "128 64 Road\n");

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ClassTable.read(dir))
        .withMessageContaining("a colour and a name");
  }

  @Test
  void shouldMissTheFile() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> ClassTable.read(dir))
        .withMessageContaining(ClassTable.VALUES)
        .withMessageContaining("neither");
  }
}
