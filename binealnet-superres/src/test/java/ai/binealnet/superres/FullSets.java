package ai.binealnet.superres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sets that the field measures on, where the system property {@code superres.data} names their
 * folder.
 */
public final class FullSets {
  private FullSets() {}

  /** Their folder; skips the test that asks where there is none. */
  public static Path root() {
    Path root = Path.of(System.getProperty("superres.data", ""));
    assumeTrue(Files.isDirectory(root.resolve("set5/HR")), "-Dsuperres.data=FOLDER is not given");
    return root;
  }
}
