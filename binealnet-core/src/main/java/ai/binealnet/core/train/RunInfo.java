package ai.binealnet.core.train;

import java.util.List;
import java.util.Objects;

/**
 * {@code run.json} of a run folder: what a training was started with, besides its configuration.
 *
 * @param task such as {@code classify}
 * @param version of BiNealNet
 * @param network readable name of the network
 * @param classes names in the order of the labels
 * @param data the data folder, absolute
 * @param dataHash fingerprint of its files
 * @param gitCommit of the working folder, or empty
 * @param seed of everything random
 * @param threads of the machine; the same number is needed for the same bytes
 * @param started when, ISO 8601
 * @param initBackbone run or file that the backbone's weights came from, or empty
 * @param init run or file that the whole network's weights came from, or empty
 * @param teacher run folder of the teacher, absolute, or empty
 * @param teacherWeights SHA-256 of the teacher's weights, or empty
 */
public record RunInfo(
    String task,
    String version,
    String network,
    List<String> classes,
    String data,
    String dataHash,
    String gitCommit,
    long seed,
    int threads,
    String started,
    String initBackbone,
    String init,
    String teacher,
    String teacherWeights) {
  /** Copies the classes; nothing may be missing but what earlier versions did not write. */
  public RunInfo {
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(network, "network");
    classes = List.copyOf(Objects.requireNonNull(classes, "classes"));
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(dataHash, "dataHash");
    Objects.requireNonNull(gitCommit, "gitCommit");
    Objects.requireNonNull(started, "started");
    Objects.requireNonNull(initBackbone, "initBackbone");
    init = init == null ? "" : init;
    teacher = teacher == null ? "" : teacher;
    teacherWeights = teacherWeights == null ? "" : teacherWeights;
  }
}
