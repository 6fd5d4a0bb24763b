package ai.binealnet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A group of readers, and the good files that they begin with. */
abstract class HostileGroup {
  static final List<String> JSON =
      List.of("{", "}", "[", "]", "[".repeat(3000), "{\"a\":".repeat(3000), "null", "true", ",");
  static final List<String> PATHS =
      List.of("../../../../etc/passwd", "/etc/passwd", "..", ".", "\\..\\", "a/../../a", "~", "C:");

  final Path root;
  private final List<HostileReader> all = new ArrayList<>();

  HostileGroup(Path root) {
    this.root = root;
  }

  final List<HostileReader> all() {
    return List.copyOf(all);
  }

  final Path write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  final Path write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  final void add(Path file, String name, List<String> words, HostileReader.Action action)
      throws IOException {
    add(new HostileReader(name, file, List.of(Files.readAllBytes(file)), words, action));
  }

  final void add(HostileReader reader) {
    all.add(reader);
  }

  static List<String> join(List<String> a, List<String> b) {
    List<String> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }
}
