package ai.binealnet.deploy.cost;

import java.util.List;

/**
 * A model of an accelerator: rows x columns cells that multiply and add 8-bit numbers, and for bits
 * as many cells that take {@code ratio} pairs at once. A layer takes the longer of computing and
 * moving its data once:
 *
 * <pre>
 * output-stationary: tiles = ceil(pixels / rows) ceil(filters / columns), steps = depth
 * weight-stationary: tiles = ceil(depth / rows) ceil(filters / columns),  steps = pixels
 * compute = tiles (2 rows + columns + steps - 2)                          tiles separate
 *         = tiles steps + 2 rows + columns - 2                            tiles overlapped
 * memory  = (weight, input and output bytes) / bandwidth
 * </pre>
 *
 * with {@code depth = ceil(depth / ratio)} for bits, and {@code ceil(a / 8) ceil(b / 8)} passes for
 * products of a by b bits. The tile's cost is SCALE-Sim's (Samajdar et al., ISPASS 2020); all else
 * is an assumption of this project, explained in {@code docs/cost-model.md}.
 *
 * @param rows R
 * @param columns C
 * @param dataflow what stays in the cells
 * @param bandwidth bytes a cycle between memory and array
 * @param ratio pairs of bits that a cell of the 1-bit array takes in a cycle
 * @param tiles whether consecutive tiles overlap
 * @param units whether bits have an array of their own
 */
public record SystolicArray(
    int rows,
    int columns,
    Dataflow dataflow,
    double bandwidth,
    int ratio,
    Tiles tiles,
    Units units) {

  /** Checks the ranges. */
  public SystolicArray {
    if (rows < 1 || columns < 1 || !(bandwidth > 0) || ratio < 1) {
      throw new IllegalArgumentException(
          "an array of %d x %d with %s bytes a cycle and a ratio of %d"
              .formatted(rows, columns, bandwidth, ratio));
    }
  }

  /** 32 x 32 cells, output-stationary, 32 bytes a cycle, ratio 16, tiles overlapped, two arrays. */
  public static SystolicArray defaults() {
    return new SystolicArray(32, 32, Dataflow.OS, 32, 16, Tiles.OVERLAPPED, Units.SEPARATE);
  }

  /** The same array with another bandwidth. */
  public SystolicArray withBandwidth(double bytes) {
    return new SystolicArray(rows, columns, dataflow, bytes, ratio, tiles, units);
  }

  /** The same array with another number of cells. */
  public SystolicArray withCells(int newRows, int newColumns) {
    return new SystolicArray(newRows, newColumns, dataflow, bandwidth, ratio, tiles, units);
  }

  /** Cycles of one layer, the longer of computing and moving data. */
  public long cycles(LayerWork layer) {
    return Math.max(computeCycles(layer), memoryCycles(layer));
  }

  /** Cycles that computing takes. */
  public long computeCycles(LayerWork layer) {
    long depth = layer.isBinary() ? ceil(layer.depth(), ratio) : layer.depth();
    long pixels = layer.pixels();
    boolean outputs = dataflow == Dataflow.OS;
    long count = ceil(outputs ? pixels : depth, rows) * ceil(layer.filters(), columns);
    long steps = outputs ? depth : pixels;
    long latency = 2L * rows + columns - 2;
    long pass = tiles == Tiles.OVERLAPPED ? count * steps + latency : count * (steps + latency);
    return pass * ceil(layer.inputBits(), Byte.SIZE) * ceil(layer.weightBits(), Byte.SIZE);
  }

  /** Cycles that it takes to move weights, input, residual and output once. */
  public long memoryCycles(LayerWork layer) {
    long bytes = layer.weightBytes() + layer.inputBytes() + layer.outputBytes();
    return (long) Math.ceil(bytes / bandwidth);
  }

  /** Cycles for one image. */
  public Cycles cycles(List<LayerWork> layers) {
    long oneBit = layers.stream().filter(LayerWork::isBinary).mapToLong(this::cycles).sum();
    long all = layers.stream().mapToLong(this::cycles).sum();
    long memory = layers.stream().mapToLong(this::memoryCycles).sum();
    long eightBit = all - oneBit;
    long total = units == Units.SHARED ? all : Math.max(memory, Math.max(oneBit, eightBit));
    return new Cycles(total, eightBit, oneBit, memory);
  }

  private static long ceil(long numerator, long denominator) {
    return (numerator + denominator - 1) / denominator;
  }
}
