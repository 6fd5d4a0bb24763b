package ai.binealnet.deploy.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Times several things that take turns, so that a busy moment of the machine hits all of them and
 * ratios of their times mean something.
 */
public final class Interleaved {
  private static final double GIGA = 1e9;

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
   * Times everything in {@code runs}, one after the other in each round.
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
    for (int done = 0; rounds.goOn(done, (System.nanoTime() - start) / GIGA); done++) {
      for (Map.Entry<String, ? extends Run<E>> entry : runs.entrySet()) {
        long before = System.nanoTime();
        entry.getValue().run();
        times.get(entry.getKey()).add((System.nanoTime() - before) / GIGA);
      }
    }
    return times;
  }
}
