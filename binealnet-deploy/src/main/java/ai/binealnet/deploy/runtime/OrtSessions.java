package ai.binealnet.deploy.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;

/** Opens ONNX Runtime sessions the way every part of this project does. */
public final class OrtSessions {
  /**
   * ONNX Runtime 1.29 on Linux starts its telemetry with the environment and matches a regular
   * expression against the process's command line, recursively: a class path of a few kilobytes
   * overflows an ordinary stack and ends the process. Only address space is reserved by this.
   */
  private static final long STACK_BYTES = 512L << 20;

  private OrtSessions() {}

  /**
   * Made on first use. The thread that makes it must not need this class, so it is nearly empty.
   */
  private static final class Holder {
    private static final OrtEnvironment ENVIRONMENT = createEnvironment();
  }

  private static OrtEnvironment createEnvironment() {
    OrtEnvironment[] created = new OrtEnvironment[1];
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(null, () -> created[0] = withoutTelemetry(), "onnxruntime-start", STACK_BYTES);
    thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while ONNX Runtime started", e);
    }
    if (failure[0] != null) {
      throw new IllegalStateException("ONNX Runtime does not start", failure[0]);
    }
    return created[0];
  }

  private static OrtEnvironment withoutTelemetry() {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("cannot switch off telemetry", e);
    }
    return environment;
  }

  /**
   * The process's one environment, its telemetry switched off. Set {@code ORT_DISABLE_TELEMETRY=1}
   * in the process's environment to keep it from starting at all.
   */
  public static OrtEnvironment environment() {
    return Holder.ENVIRONMENT;
  }

  /**
   * Opens a session on the CPU with the native kernels, if there are any.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws OrtException if ONNX Runtime refuses the model
   */
  public static OrtSession create(byte[] model, int threads) throws OrtException {
    return create(model, threads, Kernels.AUTOMATIC);
  }

  /**
   * Opens a session on the CPU.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @param kernels what computes the operators of the project's domain
   * @throws OrtException if ONNX Runtime refuses the model
   */
  public static OrtSession create(byte[] model, int threads, Kernels kernels) throws OrtException {
    environment(); // before anything else of ONNX Runtime
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      return create(model, threads, kernels, options);
    }
  }

  /**
   * Opens a session on the CPU that times every node, with the native kernels, if there are any.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @param trace where the trace goes: {@link OrtSession#endProfiling} appends the time to the name
   * @param showWeights whether operators keep their weights as they are in the graph, so that the
   *     trace tells their extents; they are slower then
   * @throws OrtException if ONNX Runtime refuses the model
   */
  public static OrtSession createProfiled(
      byte[] model, int threads, Path trace, boolean showWeights) throws OrtException {
    environment(); // before anything else of ONNX Runtime
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.enableProfiling(trace.toString());
      if (showWeights) {
        options.addConfigEntry("session.disable_prepacking", "1");
      }
      return create(model, threads, Kernels.AUTOMATIC, options);
    }
  }

  private static OrtSession create(
      byte[] model, int threads, Kernels kernels, OrtSession.SessionOptions options)
      throws OrtException {
    options.setIntraOpNumThreads(threads);
    // Between runs the threads would spin for a while, on cores that others need.
    options.addConfigEntry("session.force_spinning_stop", "1");
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
    if (kernels.areNative()) {
      options.registerCustomOpLibrary(NativeLibrary.file().toString());
    }
    return environment().createSession(model, options);
  }
}
