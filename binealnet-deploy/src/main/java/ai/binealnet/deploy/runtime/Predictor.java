package ai.binealnet.deploy.runtime;

import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.core.inference.Model;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** A model file, ready to run. Any number of threads may call {@link #run} at once. */
public final class Predictor implements Model, AutoCloseable {
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Path file;
  private final OrtSession session;
  private final String input;

  private final InputSize size;
  private final Map<String, String> metadata;
  private final SpareOutputs spare = new SpareOutputs();
  private boolean closed;

  private Predictor(Path file, OrtSession session) throws OrtException {
    this.file = file;
    this.session = session;
    size = InputSize.of(session);
    input = session.getInputNames().iterator().next();
    requireReals(session);
    metadata = metadata(session);
  }

  /**
   * Opens a model file, with the native kernels if there are any.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @throws UserError if the file cannot be read, is truncated, was altered, is of a newer format
   *     or no model
   */
  public static Predictor open(Path file, int threads) {
    return open(file, threads, Kernels.AUTOMATIC);
  }

  /**
   * Opens a model file.
   *
   * @param threads threads of one run, or 0 for as many as there are cores
   * @param kernels what computes the operators of the project's domain
   * @throws UserError if the file cannot be read, is truncated, was altered, is of a newer format
   *     or no model
   */
  public static Predictor open(Path file, int threads, Kernels kernels) {
    byte[] model = read(file);
    try {
      OrtSession session = OrtSessions.create(model, threads, kernels);
      try {
        return new Predictor(file, session);
      } catch (OrtException | UserError e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new UserError(
          "cannot load model " + file,
          "a model that ONNX Runtime can run",
          e.getMessage(),
          "export it again",
          e);
    }
  }

  private static void requireReals(OrtSession session) throws OrtException {
    for (NodeInfo output : session.getOutputInfo().values()) {
      if (!(output.getInfo() instanceof TensorInfo tensor) || tensor.type != OnnxJavaType.FLOAT) {
        throw new UserError(
            "cannot use the model's outputs", "float32 tensors", output.toString(), "export again");
      }
    }
  }

  /** ONNX Runtime gives null for what is no text. */
  private static Map<String, String> metadata(OrtSession session) throws OrtException {
    Map<String, String> entries = new HashMap<>(session.getMetadata().getCustomMetadata());
    entries.values().removeIf(Objects::isNull);
    entries.remove(null);
    return Map.copyOf(entries);
  }

  /**
   * Reads a model file and checks its seal and conventions.
   *
   * @throws UserError if the file cannot be read, is truncated, was altered or is of a newer format
   */
  public static byte[] read(Path file) {
    byte[] model;
    try {
      model = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserError(
          "cannot read model " + file, "a readable file", e.toString(), "check the path", e);
    }
    ModelSeal.check(file, model);
    Conventions.check(file, model);
    return model;
  }

  /** What images the model reads. */
  public InputSize size() {
    return size;
  }

  /** Rows of the image that the model reads; of an example where any size will do. */
  public int height() {
    return size.height();
  }

  /** Columns of the image that the model reads, likewise. */
  public int width() {
    return size.width();
  }

  /** Channels of the image that the model reads. */
  public int channels() {
    return size.channels();
  }

  /** The file. */
  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Map<String, String> metadata() {
    return metadata;
  }

  /** Names of the outputs, in the file's order. */
  public List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  /**
   * Runs a batch of images of the model's size, or of its example's.
   *
   * @param pixels uint8 [N,H,W,C]
   * @param count N, at least 1
   * @return every output by its name
   * @throws UserError if there are not count * H * W * C pixels, or the model cannot compute what
   *     its file says
   * @throws IllegalStateException if the predictor is closed
   */
  public Map<String, FloatTensor> run(byte[] pixels, int count) {
    return run(pixels, count, height(), width());
  }

  /**
   * Runs a batch of images of a size.
   *
   * @param pixels uint8 [N,H,W,C]
   * @param count N, at least 1
   * @param rows H
   * @param columns W
   * @return every output by its name
   * @throws UserError if the model does not take that size, there are not count * H * W * C pixels,
   *     or the model cannot compute what its file says
   * @throws IllegalStateException if the predictor is closed
   */
  @Override
  public Map<String, FloatTensor> run(byte[] pixels, int count, int rows, int columns) {
    return run(
        pixels,
        count,
        rows,
        columns,
        views -> {
          Map<String, FloatTensor> outputs = new LinkedHashMap<>();
          views.forEach((name, view) -> outputs.put(name, view.copy()));
          return outputs;
        });
  }

  /**
   * The same without copies: the outputs are read where the network wrote them.
   *
   * @param reader makes a result of the outputs; must not keep them
   * @return what {@code reader} returns
   */
  public <R> R run(
      byte[] pixels, int count, int rows, int columns, Function<Map<String, FloatView>, R> reader) {
    requireFits(pixels, count, rows, columns);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the predictor of " + file + " is closed");
      }
      RunOutputs outputs = compute(pixels, new long[] {count, rows, columns, channels()});
      try {
        return reader.apply(outputs.views());
      } finally {
        spare.give(outputs);
      }
    } catch (OrtException e) {
      throw new UserError(
          "cannot run model " + file,
          "operators that fit together",
          String.valueOf(e.getMessage()),
          "export it again",
          e);
    } finally {
      lock.readLock().unlock();
    }
  }

  private void requireFits(byte[] pixels, int count, int rows, int columns) {
    if (!size.fits(rows, columns)) {
      throw new UserError(
          "cannot run model " + file,
          size.toString(),
          "%d x %d".formatted(rows, columns),
          "resize or pad the images");
    }
    long expected = (long) count * rows * columns * channels();
    if (count < 1 || pixels.length != expected) {
      throw new UserError(
          "cannot run model " + file,
          "%d images of %d x %d x %d bytes".formatted(count, rows, columns, channels()),
          pixels.length + " bytes",
          "resize the images to the model's size");
    }
  }

  private RunOutputs compute(byte[] pixels, long[] extents) throws OrtException {
    OrtEnvironment environment = OrtSessions.environment();
    try (OnnxTensor image =
        OnnxTensor.createTensor(
            environment, ByteBuffer.wrap(pixels), extents, OnnxJavaType.UINT8)) {
      boolean repeated = spare.expects(extents);
      RunOutputs outputs = spare.take(extents);
      if (outputs == null) {
        try (OrtSession.Result result = session.run(Map.of(input, image))) {
          return repeated
              ? RunOutputs.of(environment, extents, result)
              : RunOutputs.once(extents, result);
        }
      }
      try {
        session.run(Map.of(input, image), Set.of(), outputs.tensors()).close();
        return outputs;
      } catch (OrtException e) {
        outputs.close();
        throw e;
      }
    }
  }

  /**
   * Waits for runs in progress and frees the model. Closing twice is harmless.
   *
   * @throws IllegalStateException if the reader of a run calls it, which would wait for itself
   */
  @Override
  public void close() {
    if (lock.getReadHoldCount() > 0) {
      throw new IllegalStateException("a reader must not close its predictor");
    }
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        spare.close();
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("cannot close model " + file + ": " + e.getMessage(), e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
