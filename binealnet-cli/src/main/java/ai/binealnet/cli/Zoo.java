package ai.binealnet.cli;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;

/**
 * Trained models of the folder {@code zoo/} by name: where a command takes a file, {@code NAME} is
 * {@code zoo/NAME.onnx} or, for weights to start from, {@code zoo/NAME.safetensors}. A path that
 * exists always means itself.
 */
final class Zoo {
  private static final String FOLDER = "zoo";

  private Zoo() {}

  /** Reads a path or the name of a packed model. */
  static final class Model implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      return find(value, ".onnx");
    }
  }

  /** Reads a path or the name of a model whose weights are there too. */
  static final class Weights implements ITypeConverter<Path> {
    @Override
    public Path convert(String value) {
      return find(value, ".safetensors");
    }
  }

  /**
   * The file meant.
   *
   * @throws UserError if {@code value} is a plain name that neither a file nor the zoo has
   */
  static Path find(String value, String extension) {
    Path path = Path.of(value);
    if (Files.exists(path) || path.getNameCount() != 1 || value.endsWith(extension)) {
      return path; // what is wrong with it, its reader can tell
    }
    Path zoo = Home.folder(FOLDER).orElse(null);
    if (zoo == null) {
      return path;
    }
    Path file = zoo.resolve(value + extension);
    if (!Files.exists(file)) {
      throw new UserError(
          "there is no file " + value + ", nor a model of that name in the zoo",
          "a file, or one of " + names(zoo, extension),
          value,
          "correct the name; zoo/README.md describes the models");
    }
    return file;
  }

  private static List<String> names(Path zoo, String extension) {
    try (Stream<Path> files = Files.list(zoo)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(extension))
          .map(name -> name.substring(0, name.length() - extension.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
