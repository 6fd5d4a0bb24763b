package ai.binealnet.core.autograd;

import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** Losses that hold a student against the outputs of a teacher, which is not trained. */
public final class Distillation {
  private static final int BLOCK = 4096;

  /** Keeps the direction of an output of zeros defined. */
  private static final double SMALLEST_NORM = 1e-12;

  private Distillation() {}

  /**
   * Divergence of softened probabilities (Hinton et al., 2015): {@code T^2 / N sum_n KL(q_n ||
   * p_n)} with {@code q = softmax(teacher / T), p = softmax(student / T)}; gradient {@code T (p -
   * q) / N}, of a size that does not depend on T.
   *
   * @param student logits [...,classes], such as [N,classes] or [N,H,W,classes]; N counts all rows
   * @param teacher logits of the same shape, row-major
   * @return the loss, shape [1]
   */
  public static Variable logits(Tape tape, Variable student, float[] teacher, double temperature) {
    int classes = student.shape().channels();
    int rows = student.shape().size() / classes;
    float[] z = student.value().toArray();
    double total = 0;
    for (int n = 0; n < rows; n++) {
      int from = n * classes;
      double logP = Loss.logSum(z, from, classes, temperature);
      double logQ = Loss.logSum(teacher, from, classes, temperature);
      for (int k = from; k < from + classes; k++) {
        double p = z[k] / temperature - logP;
        double q = teacher[k] / temperature - logQ;
        total += Math.exp(q) * (q - p);
        z[k] = (float) (temperature * (Math.exp(p) - Math.exp(q)) / rows);
      }
    }
    return Loss.scalar(tape, student, temperature * temperature * total / rows, z);
  }

  /**
   * Distance of directions, {@code 1/N sum_n || s_n / ||s_n|| - t_n / ||t_n|| ||^2 = 2 - 2/N sum_n
   * cos(s_n, t_n)} (after Zagoruyko and Komodakis, 2017, who compare sums over channels); gradient
   * {@code -2/N (v - (u v) u) / ||s||} with the unit vectors u of s and v of t. In [0, 4].
   *
   * @param student features [N,...]
   * @param teacher features of the same shape; must stay valid until the gradient is computed
   * @return the loss, shape [1]
   */
  public static Variable features(Tape tape, Variable student, Tensor teacher) {
    if (!student.shape().equals(teacher.shape())) {
      throw new IllegalArgumentException(
          "features of " + student.shape() + " and " + teacher.shape() + " cannot be compared");
    }
    int rows = student.shape().dim(0);
    Products[] products = products(student.value(), teacher, rows);
    double cosines = 0;
    for (Products p : products) {
      cosines += p.cosine();
    }
    Tensor value = tape.allocate(Shape.of(1)).set((float) (2 - 2 * cosines / rows));
    return tape.record(
        value,
        dy -> {
          Tensor dx = tape.allocate(student.shape());
          gradient(student.value(), teacher, products, -2.0 / rows * dy.get(0), dx);
          tape.release(dy);
          tape.accumulate(student, dx);
        });
  }

  /** Norms of one picture's features and their product. */
  private record Products(double student, double teacher, double both) {
    double cosine() {
      return both / (student * teacher);
    }
  }

  private static Products[] products(Tensor student, Tensor teacher, int rows) {
    float[] s = new float[BLOCK];
    float[] t = new float[BLOCK];
    int size = student.size() / rows;
    Products[] products = new Products[rows];
    for (int n = 0; n < rows; n++) {
      double ss = 0;
      double tt = 0;
      double st = 0;
      for (int from = 0; from < size; from += BLOCK) {
        int length = Math.min(BLOCK, size - from);
        student.read(n * size + from, s, length);
        teacher.read(n * size + from, t, length);
        for (int i = 0; i < length; i++) {
          ss += (double) s[i] * s[i];
          tt += (double) t[i] * t[i];
          st += (double) s[i] * t[i];
        }
      }
      products[n] =
          new Products(
              Math.max(SMALLEST_NORM, Math.sqrt(ss)), Math.max(SMALLEST_NORM, Math.sqrt(tt)), st);
    }
    return products;
  }

  /** {@code dx = factor (v - (u v) u) / ||s||}, row by row. */
  private static void gradient(
      Tensor student, Tensor teacher, Products[] products, double factor, Tensor dx) {
    float[] s = new float[BLOCK];
    float[] t = new float[BLOCK];
    int size = dx.size() / products.length;
    for (int n = 0; n < products.length; n++) {
      Products p = products[n];
      float a = (float) (-factor * p.cosine() / (p.student * p.student));
      float b = (float) (factor / (p.student * p.teacher));
      for (int from = 0; from < size; from += BLOCK) {
        int length = Math.min(BLOCK, size - from);
        student.read(n * size + from, s, length);
        teacher.read(n * size + from, t, length);
        for (int i = 0; i < length; i++) {
          s[i] = a * s[i] + b * t[i];
        }
        dx.write(n * size + from, s, length);
      }
    }
  }
}
