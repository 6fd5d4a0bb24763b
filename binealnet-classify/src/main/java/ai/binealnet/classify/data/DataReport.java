package ai.binealnet.classify.data;

import ai.binealnet.classify.data.ClassificationData.Format;
import ai.binealnet.core.graph.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What {@link DataCheck} found in a folder.
 *
 * @param root the folder
 * @param format its layout
 * @param classes names in the order of the labels
 * @param counts split, then class, then number of readable pictures; validation samples still count
 *     as train
 * @param sizes {@code "<height>x<width>"}, then number of pictures
 * @param findings what is wrong or odd, in the order found
 */
public record DataReport(
    Path root,
    Format format,
    List<String> classes,
    Map<String, Map<String, Long>> counts,
    Map<String, Long> sizes,
    List<Finding> findings) {

  /** How bad a finding is. */
  public enum Severity {
    /** Training will refuse this data or stop on it. */
    ERROR,
    /** Training runs, but the result may mislead. */
    WARNING
  }

  /**
   * One thing that is wrong or odd; the parts are those of a {@link UserError}.
   *
   * @param severity how bad it is
   * @param what what is wrong, naming the file
   * @param expected what was expected
   * @param actual what was found
   * @param remedy what to do
   */
  public record Finding(
      Severity severity, String what, String expected, String actual, String remedy) {
    static Finding of(UserError error) {
      return new Finding(
          Severity.ERROR, error.what(), error.expected(), error.actual(), error.remedy());
    }
  }

  /** Whether training will accept the data: no finding is an error. */
  public boolean ok() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }
}
