package ai.binealnet.core.metric;

/** Top-1 and top-5 accuracy, counted over batches. */
public final class Accuracy {
  private final TopK one = new TopK(1);
  private final TopK five = new TopK(5);

  /** Adds a batch, see {@link TopK#add}. */
  public void add(float[] scores, int[] labels, int count, int classes) {
    one.add(scores, labels, count, classes);
    five.add(scores, labels, count, classes);
  }

  /** Samples added so far. */
  public long count() {
    return one.count();
  }

  /** The fraction of samples whose class has the highest score, 0..1. */
  public double top1() {
    return one.value();
  }

  /**
   * The fraction of samples whose class is among the five highest scores, 0..1; 1 if there are five
   * classes or fewer.
   */
  public double top5() {
    return five.value();
  }
}
