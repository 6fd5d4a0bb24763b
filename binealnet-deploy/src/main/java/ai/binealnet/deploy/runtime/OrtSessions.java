package ai.binealnet.deploy.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** Opens ONNX Runtime sessions the way every part of this project does. */
public final class OrtSessions {
  private OrtSessions() {}

  /**
   * Opens a session on the CPU.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws OrtException if ONNX Runtime refuses the model
   */
  public static OrtSession create(byte[] model, int threads) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return OrtEnvironment.getEnvironment().createSession(model, options);
    }
  }
}
