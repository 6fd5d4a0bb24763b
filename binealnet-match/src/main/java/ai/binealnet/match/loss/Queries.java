package ai.binealnet.match.loss;

import ai.binealnet.match.geometry.Homography;
import ai.binealnet.match.geometry.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which descriptors are compared: a grid of cells in the first pictures whose true places lie
 * inside the second ones, and the grid of all second pictures to tell them from. Cells are numbered
 * over the whole batch.
 */
final class Queries {
  /**
   * One cell of a first picture.
   *
   * @param row its number in the grid of all first pictures
   * @param cell its number
   * @param pair its pair
   * @param there its true place in the second picture, in pixels
   */
  record Query(int row, int cell, int pair, Point there) {}

  private final LossConfig config;
  private final int height;
  private final int width;
  private final int side;
  private final int pairs;
  private final int[] grid;
  private final List<Query> all = new ArrayList<>();

  /**
   * The comparisons of a batch.
   *
   * @param height rows of cells
   * @param width columns of cells
   * @param side of a cell in pixels
   */
  Queries(LossConfig config, int height, int width, int side, List<Homography> maps) {
    this.config = config;
    this.height = height;
    this.width = width;
    this.side = side;
    pairs = maps.size();
    int step = Math.max(1, config.step() / side);
    int first = Math.min(step, Math.min(height, width)) / 2;
    grid =
        IntStream.range(0, height * width)
            .filter(i -> i / width % step == first && i % width % step == first)
            .toArray();
    for (int n = 0; n < pairs; n++) {
      for (int i = 0; i < grid.length; i++) {
        Point there = maps.get(n).apply(place(grid[i]));
        if (there.isInside((height - 1) * side + 1, (width - 1) * side + 1)) {
          all.add(new Query(n * grid.length + i, n * height * width + grid[i], n, there));
        }
      }
    }
  }

  /** The pixel that a picture's cell stands for. */
  private Point place(int cell) {
    return new Point((double) (cell % width) * side, (double) (cell / width) * side);
  }

  List<Query> all() {
    return all;
  }

  /** How many cells the grids of all first pictures have: the rows of the comparison. */
  int rows() {
    return pairs * grid.length;
  }

  /** Numbers of the first pictures' grid cells, row by row. */
  int[] cells() {
    return numbers(0);
  }

  /** Numbers of the cells in second pictures that every query is told from. */
  int[] distractors() {
    return numbers(pairs);
  }

  private int[] numbers(int firstPicture) {
    int[] cells = new int[rows()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (firstPicture + i / grid.length) * height * width + grid[i % grid.length];
    }
    return cells;
  }

  /** Numbers of the cells that are right for a query; the nearest one at least. */
  List<Integer> right(Query query) {
    List<Integer> cells = ring(query, -1, config.tolerance());
    if (cells.isEmpty()) {
      int x = (int) Math.round(query.there().x() / side);
      int y = (int) Math.round(query.there().y() / side);
      cells.add(number(query, y, x));
    }
    return cells;
  }

  /** Numbers of the cells around the true place that are wrong already. */
  List<Integer> near(Query query) {
    return ring(query, config.margin(), config.reach());
  }

  private List<Integer> ring(Query query, double from, double to) {
    List<Integer> cells = new ArrayList<>();
    Point there = query.there();
    int top = Math.max(0, (int) Math.ceil((there.y() - to) / side));
    int left = Math.max(0, (int) Math.ceil((there.x() - to) / side));
    int bottom = Math.min(height - 1, (int) Math.floor((there.y() + to) / side));
    int right = Math.min(width - 1, (int) Math.floor((there.x() + to) / side));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        double distance = there.distance(new Point((double) x * side, (double) y * side));
        if (distance > from && distance <= to) {
          cells.add(number(query, y, x));
        }
      }
    }
    return cells;
  }

  private int number(Query query, int y, int x) {
    return ((pairs + query.pair()) * height + y) * width + x;
  }

  /**
   * What the distractors are to a query, for the first of {@code labels}: wrong, or ignored where
   * they are so near to the true place that they are neither right nor wrong.
   */
  void label(Query query, byte[] labels) {
    Arrays.fill(labels, 0, rows(), AveragePrecision.WRONG);
    for (int i = 0; i < grid.length; i++) {
      if (query.there().distance(place(grid[i])) <= config.margin()) {
        labels[query.pair() * grid.length + i] = AveragePrecision.IGNORED;
      }
    }
  }
}
