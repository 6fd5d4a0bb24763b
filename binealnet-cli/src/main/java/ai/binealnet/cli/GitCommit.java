package ai.binealnet.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Asks git where it stands. */
final class GitCommit {
  private static final long SECONDS = 5;

  private GitCommit() {}

  /** The commit checked out in the working folder, or empty where there is none, or no git. */
  static String ofWorkingFolder() {
    try {
      Process git =
          new ProcessBuilder("git", "rev-parse", "HEAD")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String commit =
          new String(git.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).trim();
      return git.waitFor(SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0 ? commit : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
