package ai.binealnet.segment.data;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What the values of label pictures mean, read from a file of the data folder, a line for each
 * class:
 *
 * <ul>
 *   <li>{@code label_colors.txt}, for colour maps: {@code 128 64 128 Road}. Colours of the same
 *       name are one class.
 *   <li>{@code classes.txt}, for values: {@code 3 Road}, or just {@code Road} where the lines count
 *       from 0.
 * </ul>
 *
 * A class is left out of loss and score (void) if its line ends in {@code (ignore)}, or if its name
 * is void, unlabelled or unlabeled. Where {@code classes.txt} leaves none out, the value after the
 * last one is void.
 *
 * @param names of the classes that count, in the order of their numbers
 * @param file where it was read
 * @param isColors whether keys are colours, {@code red << 16 | green << 8 | blue}, instead of
 *     values
 * @param labels class number, or {@link LabelMap#VOID}, by key
 */
public record ClassTable(
    List<String> names, Path file, boolean isColors, Map<Integer, Integer> labels) {
  /** Meaning of the values 0..255. */
  public static final String VALUES = "classes.txt";

  /** Meaning of colours. */
  public static final String COLORS = "label_colors.txt";

  /** Copies. */
  public ClassTable {
    names = List.copyOf(names);
    labels = Map.copyOf(labels);
  }

  /**
   * Reads the table of a data folder.
   *
   * @throws UserError if there is none, or a line cannot be understood
   */
  public static ClassTable read(Path root) {
    Path colors = root.resolve(COLORS);
    if (Files.exists(colors)) {
      return new ClassTableReader(colors).colors();
    }
    Path values = root.resolve(VALUES);
    if (Files.exists(values)) {
      return new ClassTableReader(values).values();
    }
    throw new UserError(
        "no class names in " + root,
        VALUES + ", or " + COLORS + " for labels that are colours",
        "neither",
        "write a line for each class, such as \"3 Road\" or \"128 64 128 Road\"");
  }

  /** The class of a value or colour, {@link LabelMap#VOID}, or -1 if it has none. */
  int label(int key) {
    return labels.getOrDefault(key, -1);
  }
}
