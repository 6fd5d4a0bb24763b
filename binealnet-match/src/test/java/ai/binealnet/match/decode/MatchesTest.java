package ai.binealnet.match.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.binealnet.core.data.Image;
import ai.binealnet.match.data.Scenes;
import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MatchesTest {
  private static Features features(List<Point> places, Descriptors descriptors) {
    return new Features(
        places.stream().map(place -> new KeyPoint(place, 1, 1)).toList(), descriptors);
  }

  private static Descriptors.Real real(float... values) {
    return new Descriptors.Real(2, values);
  }

  @Test
  void shouldPairWhatIsNearestBothWays() {
    Descriptors.Real first = real(1, 0, 0, 1, 0.6f, 0.8f);
    Descriptors.Real second = real(0.6f, 0.8f, 0.96f, 0.28f);

    List<Correspondence> pairs = MutualNearest.of(first, second);

    // the second of the first is nearest to (0.6, 0.8), which is nearer to the third
    assertThat(pairs).extracting(Correspondence::first).containsExactly(0, 2);
    assertThat(pairs).extracting(Correspondence::second).containsExactly(1, 0);
    assertThat(pairs.get(0).distance()).isCloseTo(0.04, within(1e-6));
    assertThat(pairs.get(1).distance()).isCloseTo(0, within(1e-6));
  }

  @Test
  void shouldAgreeWithExhaustiveSearch() {
    SplittableRandom random = new SplittableRandom(12);
    for (int dimensions : new int[] {3, 64, 70, 128}) {
      Descriptors.Real a = randomUnit(random, 40, dimensions);
      Descriptors.Real b = randomUnit(random, 31, dimensions);
      assertThat(MutualNearest.of(a, b)).as("real, seed 12").isNotEmpty();
      for (Correspondence pair : MutualNearest.of(a, b)) {
        for (int j = 0; j < 31; j++) {
          assertThat(cosine(a, pair.first(), b, j))
              .isLessThanOrEqualTo(cosine(a, pair.first(), b, pair.second()) + 1e-6);
        }
        for (int i = 0; i < 40; i++) {
          assertThat(cosine(a, i, b, pair.second()))
              .isLessThanOrEqualTo(cosine(a, pair.first(), b, pair.second()) + 1e-6);
        }
      }
      for (Correspondence pair : MutualNearest.of(a.signs(), b.signs())) {
        assertThat(pair.distance()).isEqualTo(differing(a, pair.first(), b, pair.second()));
        for (int j = 0; j < 31; j++) {
          assertThat(differing(a, pair.first(), b, j))
              .isGreaterThanOrEqualTo((int) pair.distance());
        }
      }
    }
  }

  private static Descriptors.Real randomUnit(SplittableRandom random, int count, int dimensions) {
    float[] values = new float[count * dimensions];
    for (int i = 0; i < count; i++) {
      double squares = 0;
      for (int c = 0; c < dimensions; c++) {
        double value = random.nextGaussian();
        values[i * dimensions + c] = (float) value;
        squares += value * value;
      }
      for (int c = 0; c < dimensions; c++) {
        values[i * dimensions + c] /= (float) Math.sqrt(squares);
      }
    }
    return new Descriptors.Real(dimensions, values);
  }

  private static double cosine(Descriptors.Real a, int i, Descriptors.Real b, int j) {
    double sum = 0;
    for (int c = 0; c < a.dimensions(); c++) {
      sum += a.values()[i * a.dimensions() + c] * b.values()[j * a.dimensions() + c];
    }
    return sum;
  }

  private static int differing(Descriptors.Real a, int i, Descriptors.Real b, int j) {
    int count = 0;
    float[] one = new Mixing(a.dimensions()).apply(a.values(), i * a.dimensions());
    float[] other = new Mixing(a.dimensions()).apply(b.values(), j * a.dimensions());
    for (int c = 0; c < a.dimensions(); c++) {
      float x = a.values()[i * a.dimensions() + c];
      float y = b.values()[j * a.dimensions() + c];
      count += x < 0 != y < 0 ? 1 : 0;
      count += one[c] < 0 != other[c] < 0 ? 1 : 0;
    }
    return count;
  }

  @Test
  void shouldPackSignsAsEverywhere() {
    float[] values = new float[70];
    values[0] = -1;
    values[65] = -2;
    values[69] = -0.0f; // +1
    Descriptors.Bits bits = new Descriptors.Real(70, values).signs();
    assertThat(bits.size()).isEqualTo(1);
    assertThat(bits.dimensions()).isEqualTo(140);
    assertThat(bits.packed()).hasSize(3).startsWith(1L);
    assertThat(bits.packed()[1] & 0x3f).as("bits 64 to 69").isEqualTo(2);
    byte[] bytes = Base64.getDecoder().decode(bits.base64());
    assertThat(bytes).hasSize(18).startsWith(1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(bytes[8] & 0x3f).isEqualTo(2);
  }

  @Test
  void shouldMatchNothingWithNothing() {
    Features none = features(List.of(), real());
    Features one = features(List.of(new Point(1, 2)), real(1, 0));
    for (Matches matches :
        List.of(Matches.of(none, one), Matches.of(one, none), Matches.of(none, none))) {
      assertThat(matches.pairs()).isEmpty();
      assertThat(matches.homography()).isEmpty();
      assertThat(matches.toRecord()).containsEntry("homography", null);
    }
  }

  @Test
  void shouldRefuseToCompareWhatIsNotComparable() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MutualNearest.of(real(1, 0), real(1, 0).signs()))
        .withMessageContaining("2 float32 and 4 bits");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> features(List.of(new Point(1, 1)), real()));
  }

  private static Matches shifted() {
    SplittableRandom random = new SplittableRandom(1);
    Descriptors.Real descriptors = randomUnit(random, 30, 16);
    List<Point> first = new ArrayList<>();
    List<Point> second = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Point p = new Point(60 * random.nextDouble(), 40 * random.nextDouble());
      first.add(p);
      second.add(i < 25 ? new Point(p.x() + 5, p.y() - 3) : new Point(p.y(), p.x()));
    }
    return Matches.of(features(first, descriptors), features(second, descriptors));
  }

  @Test
  void shouldFindTheHomographyOfItsPairs() {
    Matches matches = shifted();
    assertThat(matches.pairs()).hasSize(30);
    assertThat(
            matches.homography().orElseThrow().cornerError(Homography.translation(5, -3), 40, 60))
        .isLessThan(0.5);
    assertThat(matches.isInlier(0)).isTrue();
    assertThat(matches.geometry().orElseThrow().inlierCount()).isBetween(25, 27);
  }

  @Test
  void shouldWriteARecordThatJsonCanHold() throws JsonProcessingException {
    Matches matches = shifted();
    JsonNode json = new ObjectMapper().valueToTree(matches.toRecord());
    assertThat(json.at("/first/key_points")).hasSize(30);
    assertThat(json.at("/first/key_points/3/0").asDouble())
        .isEqualTo(matches.first().points().get(3).place().x());
    assertThat(json.at("/matches/4/1").asInt()).isEqualTo(4);
    assertThat(json.at("/homography/0/2").asDouble()).isCloseTo(5, within(0.5));
    byte[] bytes = Base64.getDecoder().decode(json.at("/first/descriptors").asText());
    assertThat(bytes).hasSize(30 * 16 * Float.BYTES);
    float second = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(Float.BYTES);
    assertThat(second).isEqualTo(((Descriptors.Real) matches.first().descriptors()).values()[1]);
    assertThat(json.at("/inliers").size()).isBetween(25, 27);
  }

  @Test
  void shouldDrawLinesBetweenBothPictures() {
    Image first = Scenes.flat(40, 60);
    Image second = new Image(50, 70, 1, new byte[50 * 70]);
    Image lines = MatchDrawing.lines(first, second, shifted());
    assertThat(lines).matches(image -> image.height() == 50 && image.width() == 130);
    int green = 0;
    int red = 0;
    for (int y = 0; y < 50; y++) {
      for (int x = 0; x < 130; x++) {
        green += lines.at(y, x, 1) - lines.at(y, x, 0) > 100 ? 1 : 0;
        red += lines.at(y, x, 0) - lines.at(y, x, 1) > 120 ? 1 : 0;
      }
    }
    assertThat(green).isGreaterThan(200);
    assertThat(red).isGreaterThan(20);
  }

  @Test
  void shouldLayOnePictureOverTheOther() {
    Image white = new Image(20, 20, 1, filled(400, 255));
    Image black = new Image(30, 30, 3, new byte[2700]);
    Image blend = MatchDrawing.overlay(white, black, Homography.translation(5, 8));
    assertThat(blend.at(8, 5, 0)).isBetween(127, 128);
    assertThat(blend.at(7, 5, 0)).isZero();
    assertThat(blend.at(27, 24, 2)).isBetween(127, 128);
    assertThat(blend.at(28, 24, 2)).isZero();
  }

  private static byte[] filled(int length, int value) {
    byte[] pixels = new byte[length];
    java.util.Arrays.fill(pixels, (byte) value);
    return pixels;
  }
}
