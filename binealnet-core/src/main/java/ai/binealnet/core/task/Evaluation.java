package ai.binealnet.core.task;

import java.nio.file.Path;
import java.util.Map;

/** How well a network does on a part of the data. */
public interface Evaluation {
  /** Pictures, or pairs of them, that were judged. */
  long images();

  /** Figures by their standard names: fractions of one, but {@code psnr_y} in dB. */
  Map<String, Double> metrics();

  /** Writes pictures and tables for people into a folder that exists. */
  void draw(Path folder);

  /** The details as a table. */
  @Override
  String toString();
}
