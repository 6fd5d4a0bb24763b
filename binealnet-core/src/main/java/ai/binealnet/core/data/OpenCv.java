package ai.binealnet.core.data;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.ClassProperties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_java;
import org.opencv.core.Core;

/** Loads OpenCV's native libraries, once. */
final class OpenCv {
  static {
    load();
    Core.setNumThreads(1); // loaders run one worker per core already
  }

  private OpenCv() {}

  /** The version; the first call loads the libraries. */
  static String version() {
    return Core.getVersionString();
  }

  /**
   * All but the module for windows: it needs GTK, which servers and containers lack, and without
   * which {@code Loader.load(opencv_java.class)} fails.
   */
  private static void load() {
    Loader.load(org.bytedeco.opencv.global.opencv_core.class);
    ClassProperties properties =
        Loader.loadProperties(opencv_java.class, Loader.loadProperties(), true);
    List<String> libraries = new ArrayList<>(properties.get("platform.link"));
    libraries.removeIf(library -> library.startsWith("opencv_highgui"));
    libraries.add("opencv_java");
    for (String library : libraries) {
      Loader.loadLibrary(
          opencv_java.class,
          Loader.findLibrary(opencv_java.class, properties, library, false),
          library);
    }
  }
}
