package ai.binealnet.classify.data;

import ai.binealnet.core.data.Dataset;
import ai.binealnet.core.data.Image;
import ai.binealnet.core.data.LabeledImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Images of the CIFAR-10 binary version, held in memory as bytes. A file is a row of records of
 * 3,073 bytes: the label, then 1,024 red, 1,024 green and 1,024 blue values, row by row; any number
 * of records.
 */
public final class CifarDataset implements Dataset<LabeledImage> {
  /** Whole files. */
  private final List<byte[]> files;

  /** For each sample, its file's number in the upper half and its record in the lower. */
  private final long[] samples;

  private CifarDataset(List<byte[]> files, long[] samples) {
    this.files = files;
    this.samples = samples;
  }

  /**
   * Reads files.
   *
   * @param files in the order of the samples
   * @param classes how many there are
   * @throws ai.binealnet.core.graph.UserError if a file is missing, cut short, or has a label that
   *     is no class
   */
  public static CifarDataset read(List<Path> files, int classes) {
    List<byte[]> contents = new ArrayList<>();
    int count = 0;
    for (Path file : files) {
      byte[] content = CifarFiles.records(file, classes);
      contents.add(content);
      count += content.length / CifarFiles.RECORD;
    }
    long[] samples = new long[count];
    int i = 0;
    for (int file = 0; file < contents.size(); file++) {
      for (int record = 0; record < contents.get(file).length / CifarFiles.RECORD; record++) {
        samples[i++] = (long) file << 32 | record;
      }
    }
    return new CifarDataset(List.copyOf(contents), samples);
  }

  /** A part of this dataset, in the order given. */
  public CifarDataset select(int[] indices) {
    long[] part = new long[indices.length];
    for (int i = 0; i < part.length; i++) {
      part[i] = samples[indices[i]];
    }
    return new CifarDataset(files, part);
  }

  @Override
  public int size() {
    return samples.length;
  }

  /** The class of a sample, without making its image. */
  public int label(int index) {
    return file(index)[start(index)] & 0xff;
  }

  /** The classes of all samples. */
  public int[] labels() {
    int[] labels = new int[samples.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = label(i);
    }
    return labels;
  }

  @Override
  public LabeledImage get(int index) {
    byte[] file = file(Objects.checkIndex(index, samples.length));
    int red = start(index) + 1;
    byte[] pixels = new byte[3 * CifarFiles.PLANE];
    for (int i = 0; i < CifarFiles.PLANE; i++) {
      pixels[3 * i] = file[red + i];
      pixels[3 * i + 1] = file[red + CifarFiles.PLANE + i];
      pixels[3 * i + 2] = file[red + 2 * CifarFiles.PLANE + i];
    }
    return new LabeledImage(new Image(CifarFiles.SIDE, CifarFiles.SIDE, 3, pixels), label(index));
  }

  private byte[] file(int index) {
    return files.get((int) (samples[index] >>> 32));
  }

  private int start(int index) {
    return (int) samples[index] * CifarFiles.RECORD;
  }
}
