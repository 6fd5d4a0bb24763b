package ai.binealnet.classify.data;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Holds a part of the training samples out for validation: of each class, the last ones in file
 * order, so that the same files always give the same split.
 *
 * @param train sample numbers to train on, ascending
 * @param validation sample numbers held out, ascending
 */
record Split(int[] train, int[] validation) {
  /**
   * Holds out the last {@code perClass} samples of each class, but never more than a tenth of it,
   * rounded up, and never its only one.
   */
  static Split holdOutLast(int[] labels, int classes, int perClass) {
    List<Deque<Integer>> byClass = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      byClass.add(new ArrayDeque<>());
    }
    for (int i = 0; i < labels.length; i++) {
      byClass.get(labels[i]).add(i);
    }
    boolean[] held = new boolean[labels.length];
    for (Deque<Integer> samples : byClass) {
      int tenth = samples.size() < 2 ? 0 : (samples.size() + 9) / 10;
      int count = Math.min(perClass, tenth);
      for (int i = 0; i < count; i++) {
        held[samples.removeLast()] = true;
      }
    }
    return new Split(where(held, false), where(held, true));
  }

  private static int[] where(boolean[] held, boolean value) {
    int[] numbers = new int[held.length];
    int count = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i] == value) {
        numbers[count++] = i;
      }
    }
    return Arrays.copyOf(numbers, count);
  }
}
