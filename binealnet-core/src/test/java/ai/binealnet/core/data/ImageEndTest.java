package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageEndTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "complete,                        ffd8 ffda0003aa 1234ff00 ffd0 56 ffd9,      true",
    "no end,                          ffd8 ffda0003aa 1234ff00 ffd0 56,           false",
    "end inside a segment only,       ffd8 ffe10006ffd9ff00 ffda0003aa 1234,      false",
    "end after such a segment,        ffd8 ffe10006ffd9ff00 ffda0003aa 1234 ffd9, true",
    "two scans,                       ffd8 ffda0003aa 12 ffc40003bb ffda0003aa 34 ffd9, true",
    "rubbish after the end,           ffd8 ffda0003aa 12 ffd9 ffda01,             true",
    "fill bytes,                      ffd8 ffda0003aa 12 ffffffd9,                true",
    "cut in a marker,                 ffd8 ffda0003aa 12 ff,                      false",
    "cut in a length,                 ffd8 ffda00,                                false",
    "PNG with IEND, 89504e470d0a1a0a 000000014141414155aaaaaaaa 0000000049454e44ae426082, true",
    "PNG without,   89504e470d0a1a0a 000000014141414155aaaaaaaa 0000000049454e44ae, false",
    "neither format,                  424d00,                                     true",
  })
  void shouldFindTheEnd(String name, String hex, boolean expected) {
    byte[] file = HexFormat.of().parseHex(hex.replace(" ", ""));

    assertThat(ImageEnd.isPresent(file)).isEqualTo(expected);
  }
}
