package ai.binealnet.deploy.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times several things that take turns, so that a busy moment of the machine hits all of them and
 * ratios of their times mean something. A turn is a few runs behind one that does not count: what
 * the others left in the caches is no part of a device's day.
 */
public final class Interleaved {
  private static final double GIGA = 1e9;

  /** Runs of a turn that count. */
  private static final int TURN = 4;

  private Interleaved() {}

  /**
   * One run of a thing to time.
   *
   * @param <E> how it may fail
   */
  @FunctionalInterface
  public interface Run<E extends Exception> {
    /** Does it once. */
    void run() throws E;
  }

  /**
   * Times everything in {@code runs}, turn by turn.
   *
   * @return seconds of each run by the same names, in the same order
   * @throws E what a run throws
   */
  public static <E extends Exception> Map<String, Timings> time(
      Map<String, ? extends Run<E>> runs, Rounds rounds) throws E {
    Map<String, Timings> times = new LinkedHashMap<>();
    runs.keySet().forEach(name -> times.put(name, new Timings()));
    for (int i = 0; i < rounds.warmUp(); i++) {
      for (Run<E> run : runs.values()) {
        run.run();
      }
    }
    long start = System.nanoTime();
    int done = 0;
    while (rounds.goOn(done, (System.nanoTime() - start) / GIGA)) {
      int turn = Math.min(TURN, rounds.most() - done);
      for (Map.Entry<String, ? extends Run<E>> entry : runs.entrySet()) {
        takeTurn(entry.getValue(), turn, times.get(entry.getKey()));
      }
      done += turn;
    }
    return times;
  }

  private static <E extends Exception> void takeTurn(Run<E> run, int count, Timings times)
      throws E {
    run.run();
    for (int i = 0; i < count; i++) {
      long before = System.nanoTime();
      run.run();
      times.add((System.nanoTime() - before) / GIGA);
    }
  }
}
