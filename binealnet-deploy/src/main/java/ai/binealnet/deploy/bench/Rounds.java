package ai.binealnet.deploy.bench;

/**
 * How long a measurement goes on: at least {@code least} rounds and {@code seconds}, at most {@code
 * most} rounds.
 *
 * @param warmUp rounds before anything counts
 * @param least rounds that count, at least; 1 or more
 * @param most rounds that count, at most
 * @param seconds time to spend
 */
public record Rounds(int warmUp, int least, int most, double seconds) {
  private static final int WARM_UP = 5;
  private static final int LEAST = 5;
  private static final int MOST = 20_000;

  /** Checks that there is at least one round. */
  public Rounds {
    if (warmUp < 0 || least < 1 || most < least) {
      throw new IllegalArgumentException(
          "rounds need warm-up >= 0 and 1 <= least <= most, got %d, %d and %d"
              .formatted(warmUp, least, most));
    }
  }

  /** As many rounds as there is time for, but a few in any case. */
  public static Rounds during(double seconds) {
    return new Rounds(WARM_UP, LEAST, MOST, seconds);
  }

  /** Exactly {@code count} rounds. */
  public static Rounds exactly(int count) {
    return new Rounds(WARM_UP, count, count, 0);
  }

  /** Whether another round follows after {@code done} that counted, {@code seconds} after start. */
  boolean goOn(int done, double elapsed) {
    return done < least || done < most && elapsed < seconds;
  }
}
