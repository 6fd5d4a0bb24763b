package ai.binealnet.core.train;

import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.data.AtomicFiles;
import ai.binealnet.core.graph.UserError;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a training on disk: {@code weights-EPOCH-STEP.safetensors} with all tensors, and
 * {@code state.json}, which names that file and its hash. The JSON is replaced last and atomically,
 * so that there is always one complete checkpoint, whenever the process dies. Nothing in either
 * file depends on the clock: equal trainings give equal bytes.
 */
public final class Checkpoint {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String STATE_FILE = "state.json";

  /**
   * How far a training is.
   *
   * @param epoch epoch in progress, from 0; equal to the number of epochs when done
   * @param step steps done in it
   * @param lossSum sum of the losses of those steps
   * @param trend where the loss is heading; null in a checkpoint means that nothing is known
   */
  public record Position(int epoch, int step, double lossSum, LossTrend trend) {
    /** Before the first step. */
    public static final Position START = new Position(0, 0, 0, LossTrend.start());

    /** Fills in a missing trend. */
    public Position {
      trend = trend == null ? LossTrend.start() : trend;
    }

    /**
     * The position one step on.
     *
     * @throws ArithmeticException if the loss has been out of bounds for too long
     */
    Position next(double loss, DivergenceConfig limits) {
      return new Position(epoch, step + 1, lossSum + loss, trend.next(loss, limits));
    }
  }

  private record State(
      int format, String architecture, Position position, String weights, String sha256) {}

  private static final int FORMAT = 1;

  private final Path folder;
  private final String architecture;

  /**
   * Checkpoints of one training in one folder.
   *
   * @param architecture names the network; a checkpoint of another one is refused
   */
  public Checkpoint(Path folder, String architecture) {
    this.folder = folder;
    this.architecture = architecture;
  }

  /** Whether the folder holds a checkpoint. */
  public boolean exists() {
    return Files.exists(folder.resolve(STATE_FILE));
  }

  /**
   * Saves parameters and extra arrays (an optimizer's), then forgets the checkpoint before.
   *
   * @throws UserError if the folder cannot be written; the checkpoint before is kept
   */
  public void save(Position position, List<Parameter> parameters, Map<String, float[]> extra) {
    Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      tensors.put(
          parameter.name(),
          new Safetensors.Entry(parameter.shape().dims(), parameter.value().toArray()));
    }
    extra.forEach(
        (name, values) ->
            tensors.put(name, new Safetensors.Entry(new int[] {values.length}, values)));
    String weights = weightsFile(position);
    try {
      Files.createDirectories(folder);
      Safetensors.write(folder.resolve(weights), tensors);
      writeState(position, weights);
      deleteAllBut(weights);
    } catch (IOException e) {
      throw new UserError(
          "cannot save the checkpoint in " + folder,
          "a writable folder",
          e.toString(),
          "check the folder and the disk",
          e);
    }
  }

  private static String weightsFile(Position position) {
    return "weights-%04d-%06d.safetensors".formatted(position.epoch, position.step);
  }

  private void writeState(Position position, String weights) throws IOException {
    try {
      State state =
          new State(FORMAT, architecture, position, weights, sha256(folder.resolve(weights)));
      AtomicFiles.write(
          folder.resolve(STATE_FILE),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(state));
    } catch (IOException | UserError e) {
      Files.deleteIfExists(folder.resolve(weights)); // no state will ever name it
      throw e;
    }
  }

  private void deleteAllBut(String weights) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "weights-*")) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(weights)) {
          Files.delete(file);
        }
      }
    }
  }

  /**
   * Fills parameters and extra arrays from the checkpoint.
   *
   * @return how far that training was
   * @throws UserError if there is none, or it is damaged, altered or of another architecture;
   *     nothing is changed then
   */
  public Position restore(List<Parameter> parameters, Map<String, float[]> extra) {
    State state = readState();
    Path weights = folder.resolve(state.weights);
    String hash = currentHash(weights);
    if (!hash.equals(state.sha256)) {
      throw new UserError(
          "the checkpoint " + weights + " is damaged or was altered",
          "SHA-256 " + state.sha256,
          hash,
          "restore the file or train again");
    }
    Map<String, Safetensors.Entry> tensors = Safetensors.read(weights);
    parameters.forEach(p -> require(tensors, p.name(), p.value().size()));
    extra.forEach((name, values) -> require(tensors, name, values.length));
    parameters.forEach(p -> p.value().set(tensors.get(p.name()).values()));
    extra.forEach(
        (name, values) ->
            System.arraycopy(tensors.get(name).values(), 0, values, 0, values.length));
    return state.position;
  }

  /**
   * The hash of the weights, which tells trainings apart.
   *
   * @throws UserError if there is no readable checkpoint of this architecture
   */
  public String fingerprint() {
    return readState().sha256;
  }

  /**
   * Fills those of {@code parameters} that the checkpoint of any network holds in the same shape,
   * such as the backbone of another task, or real weights that shall become binary.
   *
   * @param source a safetensors file
   * @return the names of those that stay as they are, each with the reason; scales that the source
   *     lacks are not among them, because layers that become binary bring their own
   * @throws UserError if the file is damaged
   */
  public static List<String> initialize(Path source, List<Parameter> parameters) {
    Map<String, Safetensors.Entry> tensors = Safetensors.read(source);
    List<String> unfit = new ArrayList<>();
    for (Parameter parameter : parameters) {
      Safetensors.Entry entry = tensors.get(parameter.name());
      if (entry != null && Arrays.equals(entry.shape(), parameter.shape().dims())) {
        parameter.value().set(entry.values());
      } else if (entry != null) {
        unfit.add(parameter + " is " + Arrays.toString(entry.shape()) + " there");
      } else if (parameter.role() != Parameter.Role.SCALE) {
        unfit.add(parameter + " is missing there");
      }
    }
    return unfit;
  }

  /**
   * Writes weights alone, for others to start from: a third of a checkpoint's size, because latent
   * binary weights keep their sign and 7 bits of magnitude.
   *
   * @param file a safetensors file
   */
  public static void writeWeights(Path file, List<Parameter> parameters) {
    Map<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      tensors.put(
          parameter.name(),
          new Safetensors.Entry(
              parameter.shape().dims(),
              parameter.value().toArray(),
              parameter.role() == Parameter.Role.BINARY_WEIGHT));
    }
    Safetensors.write(file, tensors);
  }

  /**
   * The weights file of the checkpoint in a folder, whatever its architecture.
   *
   * @throws UserError if there is none
   */
  public static Path weights(Path folder) {
    return folder.resolve(parseState(folder).weights);
  }

  private State readState() {
    State state = parseState(folder);
    if (!architecture.equals(state.architecture)) {
      throw new UserError(
          "the checkpoint in " + folder + " belongs to another network",
          architecture,
          state.architecture,
          "give the configuration it was trained with");
    }
    return state;
  }

  private static State parseState(Path folder) {
    Path file = folder.resolve(STATE_FILE);
    State state;
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      int format = json.path("format").asInt();
      if (format != FORMAT) { // before entries that a newer format may have
        throw unusable(file, "format " + format);
      }
      state = JSON.treeToValue(json, State.class);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    if (state.architecture == null
        || state.position == null
        || !weightsFile(state.position).equals(state.weights)) {
      throw unusable(file, "entries that do not fit");
    }
    return state;
  }

  private static UserError unusable(Path file, String actual) {
    return new UserError(
        "cannot use the checkpoint " + file,
        "format " + FORMAT + " with all its entries",
        actual,
        "use the version of BiNealNet that wrote it or a newer one, or train again");
  }

  private void require(Map<String, Safetensors.Entry> tensors, String name, int size) {
    Safetensors.Entry entry = tensors.get(name);
    if (entry == null || entry.values().length != size) {
      throw new UserError(
          "the checkpoint in " + folder + " does not fit the network",
          name + " with " + size + " values",
          entry == null ? "no such tensor" : entry.values().length + " values",
          "give the configuration it was trained with");
    }
  }

  private static UserError unreadable(Path file, IOException cause) {
    return new UserError(
        "cannot read the checkpoint " + file,
        "a checkpoint written by training",
        cause.toString(),
        "check the path; a run folder holds it under checkpoint/",
        cause);
  }

  private static String currentHash(Path weights) {
    try {
      return Files.isRegularFile(weights) ? sha256(weights) : "no such file";
    } catch (IOException e) {
      throw unreadable(weights, e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[1 << 16];
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        digest.update(block, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
