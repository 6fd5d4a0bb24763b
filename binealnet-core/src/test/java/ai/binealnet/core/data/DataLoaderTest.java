package ai.binealnet.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.binealnet.core.data.DataLoader.Settings;
import ai.binealnet.core.graph.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DataLoaderTest {
  @AfterEach
  void shouldLeaveNoThreadBehind() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("data-loader")) {
        thread.join(5000); // its work is over, it may still be on its way out
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void shouldDeliverTheSameWithAnyNumberOfWorkers() {
    List<List<String>> one = epoch(augmented(Settings.training(7, 42, 1)), 3, 0);

    for (int workers = 2; workers <= 5; workers++) {
      assertThat(epoch(augmented(Settings.training(7, 42, workers)), 3, 0)).isEqualTo(one);
    }
    assertThat(one).hasSize(14);
  }

  @Test
  void shouldContinueAnInterruptedEpoch() {
    List<List<String>> whole = epoch(augmented(Settings.training(7, 42, 1)), 5, 0);

    for (int first = 0; first <= whole.size(); first++) {
      assertThat(epoch(augmented(Settings.training(7, 42, 2)), 5, first))
          .isEqualTo(whole.subList(first, whole.size()));
    }
  }

  @Test
  void shouldDependOnSeedAndEpoch() {
    List<List<String>> base = epoch(augmented(Settings.training(7, 42, 1)), 0, 0);

    assertThat(epoch(augmented(Settings.training(7, 42, 1)), 1, 0)).isNotEqualTo(base);
    assertThat(epoch(augmented(Settings.training(7, 43, 1)), 0, 0)).isNotEqualTo(base);
  }

  @Test
  void shouldAugmentEverySampleAndEpochDifferently() {
    DataLoader<String, List<String>> loader =
        new DataLoader<>(
            dataset(100, i -> "same"),
            (sample, random) -> Long.toString(random.nextLong()),
            List::copyOf,
            Settings.evaluation(100, 2));
    List<String> draws = new ArrayList<>();
    for (int epoch = 0; epoch < 10; epoch++) {
      draws.addAll(epoch(loader, epoch, 0).get(0));
    }

    assertThat(draws).hasSize(1000).doesNotHaveDuplicates();
  }

  @Test
  void shouldDrawForABatchByItsNumber() {
    List<List<String>> whole = epoch(batched(Settings.training(7, 42, 1)), 5, 0);

    assertThat(whole).hasSize(14).doesNotHaveDuplicates();
    assertThat(epoch(batched(Settings.training(7, 42, 3)), 5, 6)).isEqualTo(whole.subList(6, 14));
    assertThat(epoch(batched(Settings.training(7, 42, 1)), 6, 0))
        .doesNotContainAnyElementsOf(whole);
    assertThat(epoch(batched(Settings.training(7, 43, 1)), 5, 0))
        .doesNotContainAnyElementsOf(whole);
  }

  /** Batches of nothing but what was drawn for them. */
  private static DataLoader<String, List<String>> batched(Settings settings) {
    return new DataLoader<>(
        dataset(100, i -> "same"),
        (sample, random) -> sample,
        (samples, random) -> List.of(Long.toString(random.nextLong())),
        settings);
  }

  @Test
  void shouldNotTieTheAugmentationToTheOrder() {
    Settings shuffled = new Settings(100, true, true, 42, 1);
    Settings inOrder = new Settings(100, false, true, 42, 1);

    assertThat(epoch(augmented(shuffled), 2, 0).get(0))
        .containsExactlyInAnyOrderElementsOf(epoch(augmented(inOrder), 2, 0).get(0));
  }

  @Test
  void shouldDeliverEverySampleOnceInEvaluation() {
    List<List<String>> batches = epoch(plain(Settings.evaluation(30, 3)), 0, 0);

    assertThat(batches).extracting(List::size).containsExactly(30, 30, 30, 10);
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyElementsOf(
            IntStream.range(0, 100).mapToObj(i -> "s" + i).collect(Collectors.toList()));
  }

  @Test
  void shouldDropTheLastPartOfAShuffledEpoch() {
    List<List<String>> batches = epoch(plain(Settings.training(30, 1, 3)), 0, 0);

    assertThat(batches).extracting(List::size).containsExactly(30, 30, 30);
    assertThat(batches.stream().flatMap(List::stream)).doesNotHaveDuplicates();
  }

  @Test
  void shouldShuffleEvenly() {
    DataLoader<String, List<String>> loader =
        new DataLoader<>(dataset(4, i -> "s" + i), List::copyOf, Settings.training(4, 9, 1));
    int[][] places = new int[4][4];
    for (int epoch = 0; epoch < 1200; epoch++) {
      List<String> order = epoch(loader, epoch, 0).get(0);
      for (int place = 0; place < 4; place++) {
        places[place][order.get(place).charAt(1) - '0']++;
      }
    }

    for (int[] place : places) {
      for (int count : place) {
        assertThat(count).isBetween(240, 360); // 300 expected, standard deviation 15
      }
    }
  }

  @Test
  void shouldPrepareOnlyAFewBatchesAhead() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3 * 10);
    Dataset<String> data =
        dataset(
            1000,
            i -> {
              reads.incrementAndGet();
              three.countDown();
              return "s" + i;
            });
    DataLoader<String, List<String>> loader =
        new DataLoader<>(data, List::copyOf, Settings.training(10, 1, 2));

    try (BatchStream<List<String>> batches = loader.epoch(0, 0)) {
      three.await(); // one per worker and one more
      Thread.sleep(100);
      assertThat(reads).hasValue(30);
      batches.next();
    }
    assertThat(reads).hasValueLessThanOrEqualTo(40);
  }

  @Test
  void shouldStopWorkersThatWaitForASlowDisk() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    Dataset<String> slow =
        dataset(
            100,
            i -> {
              started.countDown();
              try {
                new CountDownLatch(1).await(); // forever, unless interrupted
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return "never";
            });
    BatchStream<List<String>> batches =
        new DataLoader<>(slow, List::copyOf, Settings.training(10, 1, 2)).epoch(0, 0);
    started.await();

    batches.close();

    assertThat(batches.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(batches::next);
  }

  @Test
  void shouldPassOnAnErrorThatNamesTheFile() {
    Dataset<String> data =
        dataset(
            100,
            i -> {
              if (i == 37) {
                throw new UserError("cannot read cat/37.jpg", "a picture", "text", "remove it");
              }
              return "s" + i;
            });
    DataLoader<String, List<String>> loader =
        new DataLoader<>(data, List::copyOf, Settings.evaluation(10, 3));

    try (BatchStream<List<String>> batches = loader.epoch(0, 0)) {
      for (int i = 0; i < 3; i++) {
        assertThat(batches.next()).hasSize(10);
      }
      assertThatExceptionOfType(UserError.class)
          .isThrownBy(batches::next)
          .satisfies(e -> assertThat(e.what()).isEqualTo("cannot read cat/37.jpg"));
      assertThat(batches.hasNext()).isFalse();
    }
  }

  @Test
  void shouldNameTheSampleOfAnyOtherFailure() {
    Dataset<String> data =
        dataset(
            3,
            i -> {
              throw new IllegalArgumentException("odd");
            });
    DataLoader<String, List<String>> loader =
        new DataLoader<>(data, List::copyOf, Settings.evaluation(3, 1));

    try (BatchStream<List<String>> batches = loader.epoch(4, 0)) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(batches::next)
          .withMessageContaining("sample 0 of epoch 4")
          .withRootCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void shouldRefuseTooLittleData() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> plain(Settings.training(101, 1, 1)))
        .satisfies(e -> assertThat(e.expected()).contains("101"))
        .satisfies(e -> assertThat(e.actual()).isEqualTo("100"));
  }

  @Test
  void shouldCollateImages() {
    Dataset<LabeledImage> data =
        new Dataset<>() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public LabeledImage get(int index) {
            return new LabeledImage(TestImages.random(2, 2, 3, index), index);
          }
        };
    ImageSpec spec = ImageSpec.rgb(2, 2);

    try (BatchStream<ImageBatch> batches =
        new DataLoader<>(data, ImageBatch.collate(spec), Settings.evaluation(2, 1)).epoch(0, 0)) {
      ImageBatch first = batches.next();
      ImageBatch second = batches.next();
      float[] expected = new float[12];
      spec.normalize(data.get(2).image(), expected, 0);

      assertThat(first.count()).isEqualTo(2);
      assertThat(first.labels()).containsExactly(0, 1);
      assertThat(second.labels()).containsExactly(2);
      assertThat(second.pixels()).containsExactly(expected);
      assertThat(batches.hasNext()).isFalse();
    }
  }

  /** Samples that carry what the augmentation drew. */
  private static DataLoader<String, List<String>> augmented(Settings settings) {
    return new DataLoader<>(
        dataset(100, i -> "s" + i),
        (sample, random) -> sample + ":" + random.nextLong() + ":" + random.nextInt(10),
        List::copyOf,
        settings);
  }

  private static DataLoader<String, List<String>> plain(Settings settings) {
    return new DataLoader<>(dataset(100, i -> "s" + i), List::copyOf, settings);
  }

  private static List<List<String>> epoch(
      DataLoader<String, List<String>> loader, int epoch, int firstBatch) {
    List<List<String>> batches = new ArrayList<>();
    try (BatchStream<List<String>> stream = loader.epoch(epoch, firstBatch)) {
      stream.forEachRemaining(batches::add);
    }
    return batches;
  }

  private static Dataset<String> dataset(int size, IntFunction<String> get) {
    return new Dataset<>() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public String get(int index) {
        return get.apply(index);
      }
    };
  }
}
