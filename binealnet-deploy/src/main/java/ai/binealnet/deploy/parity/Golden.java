package ai.binealnet.deploy.parity;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.core.graph.UserError;
import ai.binealnet.core.inference.FloatTensor;
import ai.binealnet.deploy.runtime.Predictor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A check that a model file carries with it: images that anyone can make again, their hash, and the
 * hash of what the plain reference computed for them when the file was written.
 */
public final class Golden {
  /** Metadata key: SHA-256 of the images. */
  public static final String INPUT = "golden.input_sha256";

  /** Metadata key: SHA-256 of the outputs, float32 little endian, in the file's order. */
  public static final String OUTPUT = "golden.output_sha256";

  /** Number of images. */
  public static final int IMAGES = 2;

  private static final long SEED = 20_260_101;

  private Golden() {}

  /**
   * Random images, the same for every model of a size: bytes of {@link Random}, whose sequence Java
   * defines.
   */
  public static Activation.Pixels images(int count, int height, int width, int channels) {
    byte[] pixels = new byte[Math.multiplyExact(count, height * width * channels)];
    new Random(SEED).nextBytes(pixels);
    return new Activation.Pixels(count, height, width, channels, pixels);
  }

  /** The metadata of a lowered graph. */
  public static Map<String, String> metadata(ModelGraph lowered) {
    Activation.Pixels images =
        images(IMAGES, lowered.height(), lowered.width(), lowered.channels());
    Map<String, Activation> values = new ReferenceExecutor(lowered).run(images);
    MessageDigest outputs = sha256();
    for (String name : lowered.outputs()) {
      outputs.update(bytes(((Activation.Real) values.get(name)).values()));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(INPUT, hex(sha256().digest(images.values())));
    metadata.put(OUTPUT, hex(outputs.digest()));
    return metadata;
  }

  /**
   * Whether a model computes the outputs that the reference computed.
   *
   * @throws UserError if the file carries no such check
   */
  public static boolean holds(Predictor model) {
    Activation.Pixels images = images(IMAGES, model.height(), model.width(), model.channels());
    String input = hex(sha256().digest(images.values()));
    String expected = model.metadata().get(OUTPUT);
    if (expected == null || !input.equals(model.metadata().get(INPUT))) {
      throw new UserError(
          "the model cannot be verified by itself",
          "metadata " + INPUT + " = " + input + " and " + OUTPUT,
          model.metadata().get(INPUT) + " and " + expected,
          "verify it with its run: --run RUN (models of kind fp32 are not bit-exact by nature)");
    }
    Map<String, FloatTensor> values = model.run(images.values(), IMAGES);
    MessageDigest outputs = sha256();
    for (String name : model.outputs()) {
      outputs.update(bytes(values.get(name).values()));
    }
    return expected.equals(hex(outputs.digest()));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
