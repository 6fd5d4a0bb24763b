package ai.binealnet.core.binary;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitPackingTest {
  @Test
  void shouldPackMinusOneAsOneBitLowestChannelFirst() {
    float[] values = {-1, 1, 1, -1, 1, 1, 1, 1, 1, -2, -0f, 0, Float.NaN};

    assertThat(BitPacking.pack(values, 13)).containsExactly(0b00001001, 0b00000010, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8, 24, 31, 32, 33, 40, 64})
  void shouldUnpackWhatItPacked(int channels) {
    float[] signs = new RandomTensors(channels).signs(Shape.of(7, channels)).toArray();
    byte[] packed = BitPacking.pack(signs, channels);

    assertThat(packed).hasSize(7 * BitPacking.bytesPerPixel(channels));
    assertThat(BitPacking.unpack(packed, channels)).as("seed %s", channels).isEqualTo(signs);
  }

  @Test
  void shouldPadChannelsToMultiplesOf32() {
    assertThat(BitPacking.paddedChannels(1)).isEqualTo(32);
    assertThat(BitPacking.paddedChannels(32)).isEqualTo(32);
    assertThat(BitPacking.paddedChannels(33)).isEqualTo(64);
    assertThat(BitPacking.bytesPerPixel(40)).isEqualTo(8);
  }
}
