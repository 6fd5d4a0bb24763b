package ai.binealnet.core.instrument;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The few fields of TensorBoard's message {@code Event} that are needed, by the numbers of {@code
 * tensorboard/compat/proto/event.proto} and {@code summary.proto}.
 */
final class EventMessage {
  /** What the first record of a file must say. */
  private static final String VERSION = "brain.Event:2";

  private static final int START = 1;

  // Event
  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int SESSION_STATUS = 1;

  // Summary and Summary.Value
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int HISTOGRAM = 5;

  // HistogramProto
  private static final int MIN = 1;
  private static final int MAX = 2;
  private static final int NUM = 3;
  private static final int SUM = 4;
  private static final int SUM_SQUARES = 5;
  private static final int BUCKET_LIMIT = 6;
  private static final int BUCKET = 7;

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private EventMessage() {}

  /** The first record of a file. */
  static byte[] version(double seconds) {
    return message(
        out -> {
          out.writeDouble(WALL_TIME, seconds);
          out.writeString(FILE_VERSION, VERSION);
        });
  }

  /** Says that a session starts: readers forget what earlier files hold of this step and later. */
  static byte[] start(double seconds, long step) {
    return message(
        out -> {
          out.writeDouble(WALL_TIME, seconds);
          out.writeInt64(STEP, step);
          out.writeByteArray(SESSION_LOG, message(log -> log.writeEnum(SESSION_STATUS, START)));
        });
  }

  /** Values at a step. */
  static byte[] summary(
      double seconds, long step, Map<String, Double> scalars, Map<String, Histogram> histograms) {
    byte[] summary =
        message(
            out -> {
              for (Map.Entry<String, Double> entry : scalars.entrySet()) {
                out.writeByteArray(VALUE, scalar(entry.getKey(), entry.getValue()));
              }
              for (Map.Entry<String, Histogram> entry : histograms.entrySet()) {
                out.writeByteArray(VALUE, histogram(entry.getKey(), entry.getValue()));
              }
            });
    return message(
        out -> {
          out.writeDouble(WALL_TIME, seconds);
          out.writeInt64(STEP, step);
          out.writeByteArray(SUMMARY, summary);
        });
  }

  private static byte[] scalar(String tag, double value) {
    return message(
        out -> {
          out.writeString(TAG, tag);
          out.writeFloat(SIMPLE_VALUE, (float) value);
        });
  }

  private static byte[] histogram(String tag, Histogram histogram) {
    byte[] content =
        message(
            out -> {
              out.writeDouble(MIN, histogram.min());
              out.writeDouble(MAX, histogram.max());
              out.writeDouble(NUM, histogram.count());
              out.writeDouble(SUM, histogram.sum());
              out.writeDouble(SUM_SQUARES, histogram.sumOfSquares());
              out.writeBytes(BUCKET_LIMIT, packed(histogram.limits()));
              out.writeBytes(BUCKET, packed(histogram.counts()));
            });
    return message(
        out -> {
          out.writeString(TAG, tag);
          out.writeByteArray(HISTOGRAM, content);
        });
  }

  private static ByteString packed(double[] values) {
    return ByteString.copyFrom(
        message(
            out -> {
              for (double value : values) {
                out.writeDoubleNoTag(value);
              }
            }));
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
