package ai.binealnet.core.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * A fingerprint of a folder's files that does not depend on where the folder is or on the order the
 * disk lists it.
 */
public final class DataHash {
  /** Above this many bytes in all, sizes stand for contents. */
  public static final long CONTENT_LIMIT = 4L << 30;

  private static final int BUFFER = 1 << 20;

  private DataHash() {}

  /**
   * {@code sha256:<hex>} over names and contents, or {@code sha256-sizes:<hex>} over names and
   * sizes.
   *
   * @param root names are relative to it
   * @param files in any order
   */
  public static String of(Path root, List<Path> files) {
    return of(root, files, CONTENT_LIMIT);
  }

  static String of(Path root, List<Path> files, long contentLimit) {
    TreeMap<String, Path> sorted = new TreeMap<>();
    long bytes = 0;
    for (Path file : files) {
      sorted.put(root.relativize(file).toString().replace('\\', '/'), file);
      bytes += Folders.size(file);
    }
    boolean contents = bytes <= contentLimit;
    MessageDigest digest = sha256();
    sorted.forEach(
        (name, file) -> {
          // The sizes delimit the contents, so that no two sets of files give the same bytes.
          String entry = name + '\0' + Folders.size(file) + '\0';
          digest.update(entry.getBytes(StandardCharsets.UTF_8));
          if (contents) {
            update(digest, file);
          }
        });
    return (contents ? "sha256:" : "sha256-sizes:") + HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Path file) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    } catch (IOException e) {
      throw Folders.unreadable(file, e);
    }
  }

  /** A fresh digest. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
