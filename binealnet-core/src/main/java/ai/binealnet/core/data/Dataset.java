package ai.binealnet.core.data;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Samples by number. Implementations are immutable and may be read from several threads at once;
 * {@link #get} gives the same sample every time.
 *
 * @param <S> the sample
 */
public interface Dataset<S> {
  /** How many samples there are. */
  int size();

  /**
   * Reads one sample.
   *
   * @param index 0 .. size() - 1
   * @throws IndexOutOfBoundsException if the index is not in that range
   * @throws ai.binealnet.core.graph.UserError if the sample's file cannot be read; names the file
   */
  S get(int index);

  /** The elements of a list. */
  static <S> Dataset<S> of(List<? extends S> samples) {
    return new Dataset<>() {
      @Override
      public int size() {
        return samples.size();
      }

      @Override
      public S get(int index) {
        return samples.get(index);
      }
    };
  }

  /**
   * This dataset several times over, for trainings that take several samples of each in an epoch.
   */
  default Dataset<S> repeated(int times) {
    Dataset<S> source = this;
    return new Dataset<>() {
      @Override
      public int size() {
        return source.size() * times;
      }

      @Override
      public S get(int index) {
        Objects.checkIndex(index, size());
        return source.get(index % source.size());
      }
    };
  }

  /** This dataset seen through a function, which is applied on every {@link #get}. */
  default <T> Dataset<T> map(Function<? super S, ? extends T> function) {
    Objects.requireNonNull(function, "function");
    Dataset<S> source = this;
    return new Dataset<>() {
      @Override
      public int size() {
        return source.size();
      }

      @Override
      public T get(int index) {
        return function.apply(source.get(index));
      }
    };
  }
}
