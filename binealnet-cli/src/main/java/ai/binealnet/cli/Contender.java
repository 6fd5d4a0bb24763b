package ai.binealnet.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model file that takes part in a measurement; the first is the one that others are compared
 * with.
 *
 * @param name unique in the measurement: the kind, with the width or the file where that is not
 *     enough
 * @param kind binary, int8 or fp32
 * @param width factor on channels, or null if the file does not tell
 * @param file the model file
 * @param randomWeights whether it was never trained: good for measuring speed only
 */
record Contender(String name, String kind, Double width, Path file, boolean randomWeights) {
  long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
