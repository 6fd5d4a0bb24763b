package ai.binealnet.core.tensor;

/**
 * Cuts a [rows, channels] tensor into tiles of whole rows that fit the first-level cache. A kernel
 * reads tiles into heap arrays, works on them in one flat loop (which the JIT compiler vectorizes,
 * unlike loops over buffers) and writes them back; per-channel operands are repeated to a tile's
 * length once, so that no loop is ever as short as the channels.
 */
final class Tiles {
  private static final int TARGET_LENGTH = 1536;
  private static final int SLOTS = 4;

  /** Work on {@code length} elements from flat index {@code offset}. */
  interface Body {
    void run(Worker worker, int offset, int length);
  }

  /** One thread's tile buffers and per-lane accumulators. */
  static final class Worker {
    private final float[][] slots = new float[SLOTS][];
    private final float[][] sums;
    private final int tileLength;

    private Worker(int tileLength, int sums) {
      this.tileLength = tileLength;
      this.sums = new float[sums][tileLength];
    }

    /** The tile of {@code source}, read into buffer {@code slot}. */
    float[] read(int slot, Tensor source, int offset, int length) {
      float[] tile = buffer(slot);
      source.read(offset, tile, length);
      return tile;
    }

    /** Buffer {@code slot} of one tile's length, contents unspecified. */
    float[] buffer(int slot) {
      if (slots[slot] == null) {
        slots[slot] = new float[tileLength];
      }
      return slots[slot];
    }

    /** Lane accumulators number {@code index}, a tile long, 0 at first. */
    float[] sum(int index) {
      return sums[index];
    }
  }

  private final Parallel parallel;
  private final int rows;
  private final int channels;
  private final int rowsPerTile;

  private Tiles(Parallel parallel, int rows, int channels) {
    this.parallel = parallel;
    this.rows = rows;
    this.channels = channels;
    this.rowsPerTile = Math.max(1, TARGET_LENGTH / channels);
  }

  /** Tiles of whole rows of {@code shape}. */
  static Tiles perChannel(Parallel parallel, Shape shape) {
    return new Tiles(parallel, shape.rows(), shape.channels());
  }

  /** Tiles of a flat range, for kernels without per-channel operands. */
  static Tiles flat(Parallel parallel, int size) {
    return new Tiles(parallel, size, 1);
  }

  /** A per-channel operand repeated over a tile's rows. */
  float[] spread(Tensor perChannel) {
    return spread(perChannel.toArray());
  }

  /** A per-channel operand repeated over a tile's rows. */
  float[] spread(float[] perChannel) {
    float[] tile = new float[rowsPerTile * channels];
    for (int i = 0; i < tile.length; i += channels) {
      System.arraycopy(perChannel, 0, tile, i, channels);
    }
    return tile;
  }

  /** Runs {@code body} on every tile. */
  void run(Body body) {
    reduce(0, body);
  }

  /**
   * Runs {@code body} on every tile and returns the per-channel totals of its {@code sums} lane
   * accumulators, [sums][channels].
   */
  double[][] reduce(int sums, Body body) {
    int tileLength = rowsPerTile * channels;
    Worker[] workers = new Worker[parallel.threads()];
    parallel.run(
        rows,
        (index, from, to) -> {
          Worker worker = new Worker(tileLength, sums);
          workers[index] = worker;
          for (int row = from; row < to; row += rowsPerTile) {
            body.run(worker, row * channels, Math.min(rowsPerTile, to - row) * channels);
          }
        });
    double[][] totals = new double[sums][channels];
    for (Worker worker : workers) {
      for (int s = 0; s < sums; s++) {
        float[] lanes = worker.sums[s];
        for (int i = 0; i < lanes.length; i++) {
          totals[s][i % channels] += lanes[i];
        }
      }
    }
    return totals;
  }
}
