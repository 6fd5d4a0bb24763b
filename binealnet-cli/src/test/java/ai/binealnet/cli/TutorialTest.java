package ai.binealnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands of {@code docs/tutorials}, word for word. What they write lies below {@code runs/},
 * for which a temporary folder stands here; everything else that they name is the repository's.
 */
class TutorialTest {
  private static final Path PAGES = Home.folder("docs/tutorials").orElseThrow();
  private static final Path HOME = PAGES.getParent().getParent();
  private static final Pattern BLOCK =
      Pattern.compile("^```sh\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern OURS = Pattern.compile("(samples|configs|zoo|docs)(/.*)?");
  private static final String COMMAND = "./binealnet ";

  @TempDir private Path runs;

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  /** The commands of a page, each as its words. */
  private List<List<String>> commands(Path page) throws IOException {
    return BLOCK
        .matcher(Files.readString(page))
        .results()
        .flatMap(block -> block.group(1).replace("\\\n", " ").lines())
        .map(line -> line.replaceFirst("\\s+#.*", "").strip())
        .map(TutorialTest::command)
        .map(words -> words.stream().map(this::placed).toList())
        .toList();
  }

  private static List<String> command(String line) {
    assertThat(line).startsWith(COMMAND);
    return Arrays.asList(line.substring(COMMAND.length()).strip().split("\\s+"));
  }

  private String placed(String word) {
    if (word.startsWith("runs/")) {
      return runs.resolve(word.substring("runs/".length())).toString();
    }
    Matcher ours = OURS.matcher(word);
    return ours.matches() ? HOME.resolve(word).toString() : word;
  }

  private static boolean isTraining(List<String> command) {
    return command.get(0).equals("train");
  }

  private static void run(List<String> command) {
    Run run = Run.of(command.toArray(String[]::new));
    assertThat(run.code()).as("%s%n%s%n%s", command, run.out(), run.err()).isZero();
  }

  @Test
  void shouldHaveAPageForEveryTask() throws IOException {
    assertThat(pages()).hasSize(Tasks.NAMES.split(", ").length);
  }

  /** Options and settings exist; nothing is run. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldUnderstandEveryCommand(Path page) throws IOException {
    assertThat(commands(page)).anyMatch(TutorialTest::isTraining);
    for (List<String> command : commands(page)) {
      Main.commandLine().parseArgs(command.toArray(String[]::new));
      if (isTraining(command)) {
        List<String> settings =
            command.stream().filter(word -> word.matches("[a-zA-Z.]+=.*")).toList();
        assertThat(Tasks.named(command.get(1)).resolve(null, settings)).isNotNull();
      }
    }
  }

  /** Trying a model of the zoo, checking the data: all that comes before the training. */
  @ParameterizedTest
  @MethodSource("pages")
  void shouldRunWhatNeedsNoTraining(Path page) throws IOException {
    List<List<String>> first =
        commands(page).stream().takeWhile(command -> !isTraining(command)).toList();
    assertThat(first).isNotEmpty();
    first.forEach(TutorialTest::run);
  }

  @ParameterizedTest
  @MethodSource("pages")
  @Tag("slow")
  void shouldRunEveryCommand(Path page) throws IOException {
    commands(page).forEach(TutorialTest::run);
  }
}
