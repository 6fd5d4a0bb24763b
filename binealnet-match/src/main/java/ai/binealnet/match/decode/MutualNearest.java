package ai.binealnet.match.decode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Pairs of descriptors each of which is the other's nearest; the first one where several are. */
public final class MutualNearest {
  /** What is nearest, while distances come row by row. */
  private static final class Nearest {
    private final int[] ofRow;
    private final int[] ofColumn;
    private final float[] rowDistance;
    private final float[] columnDistance;

    Nearest(int rows, int columns) {
      ofRow = new int[rows];
      ofColumn = new int[columns];
      rowDistance = new float[rows];
      columnDistance = new float[columns];
      Arrays.fill(rowDistance, Float.POSITIVE_INFINITY);
      Arrays.fill(columnDistance, Float.POSITIVE_INFINITY);
    }

    void add(int row, float[] distances) {
      for (int j = 0; j < distances.length; j++) {
        float distance = distances[j];
        if (distance < rowDistance[row]) {
          rowDistance[row] = distance;
          ofRow[row] = j;
        }
        if (distance < columnDistance[j]) {
          columnDistance[j] = distance;
          ofColumn[j] = row;
        }
      }
    }

    List<Correspondence> mutual() {
      List<Correspondence> pairs = new ArrayList<>();
      for (int i = 0; i < ofRow.length && ofColumn.length > 0; i++) {
        if (ofColumn[ofRow[i]] == i) {
          pairs.add(new Correspondence(i, ofRow[i], rowDistance[i]));
        }
      }
      return pairs;
    }
  }

  private MutualNearest() {}

  /**
   * Matches two pictures' descriptors.
   *
   * @return in the order of the first; empty if one side is
   * @throws IllegalArgumentException if they are not of one kind and length
   */
  public static List<Correspondence> of(Descriptors first, Descriptors second) {
    boolean comparable =
        first.getClass() == second.getClass() && first.dimensions() == second.dimensions();
    if (!comparable) {
      throw new IllegalArgumentException(
          "cannot compare descriptors of %d %s and %d %s"
              .formatted(first.dimensions(), first.type(), second.dimensions(), second.type()));
    }
    Nearest nearest = new Nearest(first.size(), second.size());
    if (first instanceof Descriptors.Real a && second instanceof Descriptors.Real b) {
      addCosines(a, b, nearest);
    } else if (first instanceof Descriptors.Bits a && second instanceof Descriptors.Bits b) {
      addHamming(a, b, nearest);
    }
    return nearest.mutual();
  }

  private static void addCosines(Descriptors.Real a, Descriptors.Real b, Nearest nearest) {
    int d = a.dimensions();
    int columns = b.size();
    float[] transposed = new float[d * columns];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i % d * columns + i / d] = b.values()[i];
    }
    float[] distances = new float[columns];
    for (int i = 0; i < a.size(); i++) {
      Arrays.fill(distances, 1);
      for (int k = 0; k < d; k++) {
        subtract(distances, a.values()[i * d + k], transposed, k * columns);
      }
      nearest.add(i, distances);
    }
  }

  private static void subtract(float[] target, float factor, float[] source, int from) {
    for (int j = 0; j < target.length; j++) {
      target[j] -= factor * source[from + j];
    }
  }

  private static void addHamming(Descriptors.Bits a, Descriptors.Bits b, Nearest nearest) {
    int words = Descriptors.Bits.words(a.dimensions());
    float[] distances = new float[b.size()];
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < distances.length; j++) {
        int differing = 0;
        for (int w = 0; w < words; w++) {
          differing += Long.bitCount(a.packed()[i * words + w] ^ b.packed()[j * words + w]);
        }
        distances[j] = differing;
      }
      nearest.add(i, distances);
    }
  }
}
