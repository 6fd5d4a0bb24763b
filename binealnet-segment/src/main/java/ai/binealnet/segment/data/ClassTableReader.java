package ai.binealnet.segment.data;

import ai.binealnet.core.data.Folders;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.segment.decode.LabelMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers the lines of one {@link ClassTable}. */
final class ClassTableReader {
  private static final Pattern NUMBERED = Pattern.compile("(\\d+)\\s+(\\S.*)");
  private static final Pattern COLORED =
      Pattern.compile("(\\d+)[\\s,]+(\\d+)[\\s,]+(\\d+)[\\s,]+(\\S.*)");
  private static final String IGNORE = "(ignore)";
  private static final Set<String> VOID_NAMES = Set.of("void", "unlabelled", "unlabeled");
  private static final int MAX_VALUE = 255;
  private static final int CHANNELS = 3;

  private final Path file;
  private final List<String> names = new ArrayList<>();
  private final Map<Integer, Integer> labels = new HashMap<>();
  private boolean leavesOut;

  ClassTableReader(Path file) {
    this.file = file;
  }

  ClassTable values() {
    List<String> lines = lines();
    boolean numbered = lines.stream().anyMatch(line -> NUMBERED.matcher(line).matches());
    int value = -1;
    for (String line : lines) {
      if (numbered) {
        Matcher matcher = match(NUMBERED, line, "a value and a name, as in other lines");
        value = number(matcher.group(1), line);
        put(value, matcher.group(2), line);
      } else {
        put(++value, line, line);
      }
    }
    int next = labels.keySet().stream().mapToInt(key -> key).max().orElse(0) + 1;
    if (!leavesOut && next <= MAX_VALUE) {
      labels.put(next, LabelMap.VOID);
    }
    return table(false);
  }

  ClassTable colors() {
    for (String line : lines()) {
      Matcher matcher = match(COLORED, line, "a colour and a name, such as \"128 64 128 Road\"");
      int color = 0;
      for (int c = 1; c <= CHANNELS; c++) {
        color = color << 8 | number(matcher.group(c), line);
      }
      put(color, matcher.group(CHANNELS + 1), line);
    }
    return table(true);
  }

  private List<String> lines() {
    return new String(Folders.bytes(file), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  private void put(int key, String text, String line) {
    String name = text.replace(IGNORE, "").strip();
    boolean isVoid = text.endsWith(IGNORE) || VOID_NAMES.contains(name.toLowerCase(Locale.ROOT));
    leavesOut |= isVoid;
    if (!isVoid && !names.contains(name)) {
      names.add(name);
    }
    if (labels.put(key, isVoid ? LabelMap.VOID : names.indexOf(name)) != null) {
      throw unusable(line, "every value and every colour once");
    }
  }

  private ClassTable table(boolean isColors) {
    if (names.size() < 2 || names.size() > LabelMap.VOID) {
      throw new UserError(
          "cannot use " + file,
          "2 to " + LabelMap.VOID + " classes that are not void",
          Integer.toString(names.size()),
          "write a line for each class");
    }
    return new ClassTable(names, file, isColors, labels);
  }

  private Matcher match(Pattern pattern, String line, String expected) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw unusable(line, expected);
    }
    return matcher;
  }

  private int number(String digits, String line) {
    if (digits.length() > 3 || Integer.parseInt(digits) > MAX_VALUE) {
      throw unusable(line, "numbers from 0 to " + MAX_VALUE);
    }
    return Integer.parseInt(digits);
  }

  private UserError unusable(String line, String expected) {
    return new UserError("cannot use a line of " + file, expected, line, "correct the line");
  }
}
