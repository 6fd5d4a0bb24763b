package ai.binealnet.deploy.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UInt8ScaleTest {
  @Test
  void shouldSpreadAPositiveRangeOverAllIntegersWithZeroPointZero() {
    assertThat(UInt8Scale.of(new Range(0, 127.5f))).isEqualTo(new UInt8Scale(0.5f, 0));
  }

  @Test
  void shouldGiveZeroAnIntegerOfItsOwn() {
    UInt8Scale scale = UInt8Scale.of(new Range(-10, 245));
    assertThat(scale).isEqualTo(new UInt8Scale(1f, 10));
    assertThat(scale.quantize(0)).isEqualTo(10);
    assertThat(scale.dequantize(10)).isZero();
  }

  @Test
  void shouldWidenARangeToHoldZero() {
    assertThat(UInt8Scale.of(new Range(25.5f, 51f))).isEqualTo(new UInt8Scale(0.2f, 0));
    assertThat(UInt8Scale.of(new Range(-255, -3))).isEqualTo(new UInt8Scale(1f, 255));
  }

  @Test
  void shouldRoundHalfToEvenAndSaturate() {
    UInt8Scale scale = new UInt8Scale(1f, 3);
    assertThat(scale.quantize(0.5f)).isEqualTo(3);
    assertThat(scale.quantize(1.5f)).isEqualTo(5);
    assertThat(scale.quantize(2.5f)).isEqualTo(5);
    assertThat(scale.quantize(-0.5f)).isEqualTo(3);
    assertThat(scale.quantize(-100f)).isZero();
    assertThat(scale.quantize(1000f)).isEqualTo(255);
  }

  @Test
  void shouldStandForNothingButZerosToo() {
    assertThat(UInt8Scale.of(new Range(0, 0)).quantize(0)).isZero();
    assertThat(UInt8Scale.of(new Range(0, Float.MIN_VALUE)).scale()).isPositive();
  }
}
