package ai.binealnet.cli;

import ai.binealnet.core.data.Dataset;

/** Some samples of many. */
final class Spread {
  private Spread() {}

  /** {@code limit} samples at most, in even distances, because folders are sorted by class. */
  static <S> Dataset<S> over(Dataset<S> all, int limit) {
    int size = Math.min(limit, all.size());
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public S get(int index) {
        return all.get((int) ((long) index * all.size() / size));
      }
    };
  }
}
