package ai.binealnet.core.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.graph.UserError;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000L), ZoneOffset.UTC);

  @TempDir private Path dir;

  private Path write() throws IOException {
    EventFile events = new EventFile(dir, CLOCK, 1);
    Map<String, Double> scalars = new LinkedHashMap<>();
    scalars.put("run/train_loss", 2.25);
    scalars.put("flip_ratio/conv", 0.125);
    Histogram histogram = Histogram.of(new double[] {-1, 0, 0.25, 3}, 4);
    events.append(1, scalars, Map.of("threshold/act", histogram));
    events.append(2, Map.of("run/train_loss", Double.NaN), Map.of());
    try (Stream<Path> files = Files.list(dir)) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void shouldWriteTheBytesThatTensorBoardWasSeenToRead() throws IOException {
    Path file = write();

    assertThat(file.getFileName()).hasToString("events.out.tfevents.1700000000.run");
    assertThat(Files.readAllBytes(file))
        .isEqualTo(EventFileTest.class.getResourceAsStream("golden.tfevents").readAllBytes());
  }

  @Test
  void shouldHoldWhatWasAppended() throws IOException {
    List<UnknownFieldSet> events = EventReader.read(write());

    assertThat(events).hasSize(4);
    assertThat(real(events.get(0), 1)).isEqualTo(1.7e9);
    assertThat(text(events.get(0), 3)).isEqualTo("brain.Event:2");
    assertThat(number(events.get(1), 2)).isEqualTo(1);
    assertThat(number(message(events.get(1), 7, 0), 1)).isEqualTo(1);

    assertThat(number(events.get(2), 2)).isEqualTo(1);
    UnknownFieldSet summary = message(events.get(2), 5, 0);
    assertThat(text(message(summary, 1, 0), 1)).isEqualTo("run/train_loss");
    assertThat(single(message(summary, 1, 0), 2)).isEqualTo(2.25f);
    assertThat(text(message(summary, 1, 1), 1)).isEqualTo("flip_ratio/conv");
    assertThat(single(message(summary, 1, 1), 2)).isEqualTo(0.125f);
    UnknownFieldSet histogram = message(message(summary, 1, 2), 5, 0);
    assertThat(text(message(summary, 1, 2), 1)).isEqualTo("threshold/act");
    assertThat(Stream.of(1, 2, 3, 4, 5).map(field -> real(histogram, field)))
        .containsExactly(-1.0, 3.0, 4.0, 2.25, 10.0625);
    assertThat(packed(histogram, 6)).containsExactly(0, 1, 2, 3);
    assertThat(packed(histogram, 7)).containsExactly(1, 2, 0, 1);

    assertThat(number(events.get(3), 2)).isEqualTo(2);
    assertThat(single(message(message(events.get(3), 5, 0), 1, 0), 2)).isNaN();
  }

  @Test
  void shouldStartAFileOfItsOwnEveryTime() throws IOException {
    write();
    new EventFile(dir, CLOCK, 2).append(2, Map.of("run/train_loss", 1.0), Map.of());

    Path second = dir.resolve("events.out.tfevents.1700000001.run");
    assertThat(second).exists();
    assertThat(number(EventReader.read(second).get(1), 2)).isEqualTo(2);
  }

  @Test
  void shouldReportAFolderThatCannotBeWritten() throws IOException {
    Path blocked = Files.createFile(dir.resolve("file"));

    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> new EventFile(blocked, CLOCK, 1).append(1, Map.of(), Map.of()))
        .withMessageContaining("cannot write");
  }

  private static UnknownFieldSet message(UnknownFieldSet in, int field, int index)
      throws InvalidProtocolBufferException {
    return UnknownFieldSet.parseFrom(in.getField(field).getLengthDelimitedList().get(index));
  }

  private static long number(UnknownFieldSet in, int field) {
    return in.getField(field).getVarintList().get(0);
  }

  private static double real(UnknownFieldSet in, int field) {
    return Double.longBitsToDouble(in.getField(field).getFixed64List().get(0));
  }

  private static float single(UnknownFieldSet in, int field) {
    return Float.intBitsToFloat(in.getField(field).getFixed32List().get(0));
  }

  private static String text(UnknownFieldSet in, int field) {
    return in.getField(field).getLengthDelimitedList().get(0).toStringUtf8();
  }

  private static double[] packed(UnknownFieldSet in, int field) {
    ByteString bytes = in.getField(field).getLengthDelimitedList().get(0);
    double[] values = new double[bytes.size() / Double.BYTES];
    bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
