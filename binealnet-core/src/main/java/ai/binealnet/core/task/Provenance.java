package ai.binealnet.core.task;

/**
 * Who trains.
 *
 * @param version of BiNealNet
 * @param gitCommit of the working folder, or empty
 */
public record Provenance(String version, String gitCommit) {}
