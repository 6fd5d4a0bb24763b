package ai.binealnet.superres.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.ImageSpec;
import ai.binealnet.core.graph.UserError;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Pairs from files that are large enough for a patch, read and shrunk at most once as long as the
 * memory suffices: a patch needs a hundredth of the time that its picture takes to read.
 */
final class TrainingPairs implements Dataset<Pair> {
  private final List<Path> files;
  private final int scale;
  private final AtomicReferenceArray<SoftReference<Pair>> read;

  /**
   * Reads every file once.
   *
   * @param patch size of a small patch
   * @throws UserError if a file cannot be read, or none holds a patch
   */
  TrainingPairs(List<Path> all, int scale, ImageSpec patch) {
    this.scale = scale;
    List<Path> large = new ArrayList<>();
    List<SoftReference<Pair>> pairs = new ArrayList<>();
    for (Path file : all) {
      Pair pair = SuperresData.read(file, scale);
      if (pair.low().height() >= patch.height() && pair.low().width() >= patch.width()) {
        large.add(file);
        pairs.add(new SoftReference<>(pair));
      }
    }
    if (large.isEmpty()) {
      throw new UserError(
          "no training picture is large enough for a patch",
          "at least %d rows x %d columns".formatted(patch.height() * scale, patch.width() * scale),
          "smaller ones",
          "lower input.height and input.width, or use larger pictures");
    }
    files = List.copyOf(large);
    read = new AtomicReferenceArray<>(files.size());
    for (int i = 0; i < files.size(); i++) {
      read.set(i, pairs.get(i));
    }
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public Pair get(int index) {
    Pair known = read.get(index).get();
    if (known == null) {
      known = SuperresData.read(files.get(index), scale);
      read.set(index, new SoftReference<>(known));
    }
    return known;
  }
}
