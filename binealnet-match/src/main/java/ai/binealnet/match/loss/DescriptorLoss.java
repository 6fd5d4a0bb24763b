package ai.binealnet.match.loss;

import ai.binealnet.core.graph.ConvGeometry;
import ai.binealnet.core.tensor.Kernels;
import ai.binealnet.core.tensor.Precision;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.tensor.TensorPool;
import java.util.List;

/**
 * Average precision of descriptors that are compared by their scalar product, each first picture's
 * with those of all second pictures: the best of those that are right must come before all wrong
 * ones.
 */
final class DescriptorLoss {
  private static final ConvGeometry POINT = ConvGeometry.same(1, 1);

  private final Kernels kernels;
  private final TensorPool pool;
  private final Queries queries;
  private final AveragePrecision precision;
  private final int dimensions;

  /**
   * The comparisons of one batch.
   *
   * @param dimensions D
   */
  DescriptorLoss(
      Kernels kernels,
      TensorPool pool,
      Queries queries,
      AveragePrecision precision,
      int dimensions) {
    this.kernels = kernels;
    this.pool = pool;
    this.queries = queries;
    this.precision = precision;
    this.dimensions = dimensions;
  }

  /**
   * The average precision of every query. All products are one 1x1 convolution, of rows that do not
   * depend on the homographies: convolutions are prepared once for each shape.
   *
   * @param descriptors of all cells of the batch, [cells,D]
   * @param weights of each query in the gradient
   * @param gradient of the weighted sum by the descriptors, added to
   */
  double[] of(float[] descriptors, double[] weights, float[] gradient) {
    int rows = queries.rows();
    int[] cells = queries.cells();
    int[] distractors = queries.distractors();
    Tensor q = pool.allocate(Shape.of(1, rows, 1, dimensions)).set(gathered(descriptors, cells));
    Tensor d =
        pool.allocate(Shape.of(1, 1, dimensions, rows))
            .set(transposed(gathered(descriptors, distractors), rows));
    Tensor products = pool.allocate(Shape.of(1, rows, 1, rows));
    kernels.convolve(q, d, products, POINT, 0, Precision.FLOAT32);
    Tensor slopes = pool.allocate(products.shape()).fill(0);
    double[] precisions = new double[weights.length];
    for (int i = 0; i < precisions.length; i++) {
      Queries.Query query = queries.all().get(i);
      precisions[i] = row(query, descriptors, products, slopes, weights[i], gradient);
    }
    Tensor dq = pool.allocate(q.shape());
    Tensor dd = pool.allocate(d.shape());
    kernels.convolveBackward(q, d, slopes, dq, dd, POINT, 0);
    scatter(dq.toArray(), cells, gradient);
    scatter(transposed(dd.toArray(), dimensions), distractors, gradient);
    List.of(q, d, products, slopes, dq, dd).forEach(pool::release);
    return precisions;
  }

  private double row(
      Queries.Query query,
      float[] descriptors,
      Tensor products,
      Tensor slopes,
      double weight,
      float[] gradient) {
    int columns = queries.rows();
    List<Integer> near = queries.near(query);
    int count = columns + near.size() + 1;
    float[] similarities = new float[count];
    byte[] labels = new byte[count];
    products.read(query.row() * columns, similarities, columns);
    queries.label(query, labels);
    for (int j = 0; j < near.size(); j++) {
      similarities[columns + j] = product(descriptors, query.cell(), near.get(j));
    }
    int best = best(descriptors, query);
    similarities[count - 1] = product(descriptors, query.cell(), best);
    labels[count - 1] = AveragePrecision.RIGHT;
    float[] byEach = new float[count];
    double result = precision.of(similarities, labels, byEach);
    for (int j = 0; j < count; j++) {
      byEach[j] *= (float) weight;
    }
    slopes.write(query.row() * columns, byEach, columns);
    for (int j = 0; j < near.size(); j++) {
      addProductGradient(descriptors, query.cell(), near.get(j), byEach[columns + j], gradient);
    }
    addProductGradient(descriptors, query.cell(), best, byEach[count - 1], gradient);
    return result;
  }

  private int best(float[] descriptors, Queries.Query query) {
    int best = -1;
    float highest = Float.NEGATIVE_INFINITY;
    for (int cell : queries.right(query)) {
      float similarity = product(descriptors, query.cell(), cell);
      if (similarity > highest) {
        highest = similarity;
        best = cell;
      }
    }
    return best;
  }

  private float product(float[] descriptors, int a, int b) {
    float sum = 0;
    for (int c = 0; c < dimensions; c++) {
      sum += descriptors[a * dimensions + c] * descriptors[b * dimensions + c];
    }
    return sum;
  }

  private void addProductGradient(
      float[] descriptors, int a, int b, float slope, float[] gradient) {
    for (int c = 0; c < dimensions && slope != 0; c++) {
      gradient[a * dimensions + c] += slope * descriptors[b * dimensions + c];
      gradient[b * dimensions + c] += slope * descriptors[a * dimensions + c];
    }
  }

  private float[] gathered(float[] descriptors, int[] cells) {
    float[] values = new float[cells.length * dimensions];
    for (int i = 0; i < cells.length; i++) {
      System.arraycopy(descriptors, cells[i] * dimensions, values, i * dimensions, dimensions);
    }
    return values;
  }

  /** A matrix of so many rows with its axes swapped. */
  private static float[] transposed(float[] matrix, int rows) {
    int columns = matrix.length / rows;
    float[] result = new float[matrix.length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < columns; k++) {
        result[k * rows + i] = matrix[i * columns + k];
      }
    }
    return result;
  }

  private void scatter(float[] values, int[] cells, float[] gradient) {
    for (int i = 0; i < cells.length; i++) {
      int to = cells[i] * dimensions;
      for (int c = 0; c < dimensions; c++) {
        gradient[to + c] += values[i * dimensions + c];
      }
    }
  }
}
