package ai.binealnet.core.tensor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.nd4j.linalg.factory.Nd4j;

/** Loads the native libraries of training and tells their versions. */
public final class NativeLibraries {
  private NativeLibraries() {}

  /**
   * oneDNN's version.
   *
   * @throws LinkageError if it cannot be loaded
   */
  public static String oneDnn() {
    dnnl_version_t version = dnnl.dnnl_version();
    return version.major() + "." + version.minor() + "." + version.patch();
  }

  /**
   * ND4J's backend and version.
   *
   * @throws LinkageError if it cannot be loaded
   * @throws RuntimeException if it has no backend for this machine
   */
  public static String nd4j() {
    Properties properties = new Properties();
    try (InputStream in =
        Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-native/pom.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version")
        + " ("
        + Nd4j.getBackend().getClass().getSimpleName()
        + ")";
  }
}
