package ai.binealnet.deploy.runtime;

/** What computes the operators of the project's domain. */
public enum Kernels {
  /**
   * The native library where there is one for this machine, else {@link #FUNCTIONS}. The system
   * property {@value NativeLibrary#PROPERTY} set to {@code off} leaves the library out.
   */
  AUTOMATIC,

  /** The functions over standard operators that every model file carries. */
  FUNCTIONS;

  /** True if the native library will be used. */
  public boolean areNative() {
    return this == AUTOMATIC && NativeLibrary.isPresent();
  }
}
