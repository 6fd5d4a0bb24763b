package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The kernels as a library of custom operators, carried inside the jar under {@code
 * META-INF/native/<os>-<arch>} and unpacked once for each process.
 */
public final class NativeLibrary {
  /** The system property that leaves the library out if it is {@code off}. */
  public static final String PROPERTY = "binealnet.native";

  private static final String ROOT = "/META-INF/native/";

  private NativeLibrary() {}

  /** Unpacked on first use. */
  private static final class Holder {
    private static final Path FILE = unpack(platform(), fileName());
  }

  /** This machine as the jar names it, such as {@code linux-x86_64}. */
  public static String platform() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return os() + "-" + ("amd64".equals(arch) ? "x86_64" : arch);
  }

  private static String os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "macos";
    }
    return name.startsWith("windows") ? "windows" : name;
  }

  private static String fileName() {
    return switch (os()) {
      case "macos" -> "libbinealnet_ort.dylib";
      case "windows" -> "binealnet_ort.dll";
      default -> "libbinealnet_ort.so";
    };
  }

  /** True if there is a library for this machine and it has not been left out. */
  public static boolean isPresent() {
    return !"off".equals(System.getProperty(PROPERTY))
        && NativeLibrary.class.getResource(ROOT + platform() + "/" + fileName()) != null;
  }

  /**
   * The library as a file, in a folder that only this user can read; it is deleted when the process
   * ends.
   *
   * @throws UserError if it cannot be unpacked or is not what was built
   */
  public static Path file() {
    try {
      return Holder.FILE;
    } catch (ExceptionInInitializerError e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      }
      throw e;
    }
  }

  private static Path unpack(String platform, String name) {
    String resource = ROOT + platform + "/" + name;
    try {
      byte[] library = read(resource);
      String expected = new String(read(resource + ".sha256"), StandardCharsets.US_ASCII).strip();
      Path folder = Files.createTempDirectory("binealnet");
      folder.toFile().deleteOnExit();
      Path file = folder.resolve(name);
      file.toFile().deleteOnExit();
      Files.write(file, library);
      verify(resource, expected, Hashes.sha256(Files.readAllBytes(file)));
      return file;
    } catch (IOException e) {
      throw new UserError(
          "cannot unpack the native kernels",
          "a folder for temporary files with room for " + name,
          e.toString(),
          "set -Djava.io.tmpdir, or go without them: -D" + PROPERTY + "=off",
          e);
    }
  }

  /** Refuses a library that is not the one that was built. */
  static void verify(String resource, String expected, String actual) {
    if (!actual.equals(expected)) {
      throw new UserError(
          "the native kernels " + resource + " are damaged",
          "SHA-256 " + expected,
          actual,
          "install BiNealNet again, or go without them: -D" + PROPERTY + "=off");
    }
  }

  private static byte[] read(String resource) throws IOException {
    try (InputStream stream = NativeLibrary.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("the jar lacks " + resource);
      }
      return stream.readAllBytes();
    }
  }
}
