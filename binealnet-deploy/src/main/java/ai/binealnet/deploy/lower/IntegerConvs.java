package ai.binealnet.deploy.lower;

import ai.binealnet.core.graph.Conv2d;
import ai.binealnet.core.graph.Normalize;
import ai.binealnet.core.graph.WeightType;
import ai.binealnet.deploy.lower.IntegerConv.Source;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which convolutions can run on bits or 8-bit integers without changing one result, and why
 * the others cannot.
 */
final class IntegerConvs {
  private static final int PIXEL_MAX = 255;
  private static final int STREAM_MAGNITUDE = 128;

  private final GraphView view;
  private final Streams streams;
  private final Map<String, Optional<IntegerConv>> found = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();

  IntegerConvs(GraphView view, Streams streams) {
    this.view = view;
    this.streams = streams;
  }

  /** Why a convolution stays real, by its name. */
  Map<String, String> reasons() {
    return reasons;
  }

  /** The integer form of the convolution that writes {@code value}, if one does and it has one. */
  Optional<IntegerConv> writing(String value) {
    Optional<Conv2d> conv = view.producer(value, Conv2d.class);
    if (conv.isEmpty()) {
      return Optional.empty();
    }
    Optional<IntegerConv> known = found.get(value);
    if (known == null) {
      known = match(conv.get());
      found.put(value, known);
    }
    return known;
  }

  private Optional<IntegerConv> match(Conv2d conv) {
    if (conv.weightType() == WeightType.FLOAT) {
      return refuse(conv, "its weights are real numbers");
    }
    return conv.weightType() == WeightType.BINARY ? matchBinary(conv) : matchEightBit(conv);
  }

  private Optional<IntegerConv> matchBinary(Conv2d conv) {
    if (!conv.binaryInput() || !streams.isBits(conv.input())) {
      return refuse(conv, "its weights are bits, but its input is real");
    }
    if (!PackedFilters.areSigns(conv.weights())) {
      return refuse(conv, "it is marked binary, but some weight is neither +1 nor -1");
    }
    float[] ones = new float[conv.outputChannels()];
    Arrays.fill(ones, 1f);
    long bound = (long) conv.geometry().taps() * conv.inputChannels();
    return accept(
        new IntegerConv(conv, Source.BITS, conv.input(), 0, null, ones, (int) bound), bound);
  }

  private Optional<IntegerConv> matchEightBit(Conv2d conv) {
    Optional<EightBitFilters> filters = EightBitFilters.of(conv.weights(), conv.outputChannels());
    if (filters.isEmpty()) {
      return refuse(
          conv, "it is marked 8-bit, but its weights are no 8-bit integers times a power of two");
    }
    if (conv.binaryInput()) {
      return refuse(conv, "8-bit weights on a 1-bit input have no kernel");
    }
    Optional<Float> scale = streams.scale(conv.input());
    if (scale.isPresent()) {
      return onStream(conv, filters.get(), scale.get());
    }
    Optional<Normalize> normalize = view.producer(conv.input(), Normalize.class);
    if (normalize.isPresent()) {
      return onPixels(conv, filters.get(), normalize.get());
    }
    return refuse(conv, "its weights are 8-bit, but its input is real");
  }

  private Optional<IntegerConv> onStream(Conv2d conv, EightBitFilters filters, float scale) {
    long bound = (long) STREAM_MAGNITUDE * filters.largestSum();
    return accept(
        new IntegerConv(
            conv,
            Source.STREAM,
            conv.input(),
            0,
            filters.integers(),
            multiplied(filters.factors(), scale),
            (int) bound),
        bound);
  }

  private Optional<IntegerConv> onPixels(
      Conv2d conv, EightBitFilters filters, Normalize normalize) {
    float mean = normalize.mean()[0];
    float std = normalize.std()[0];
    for (int c = 0; c < normalize.mean().length; c++) {
      if (normalize.mean()[c] != mean || normalize.std()[c] != std) {
        return refuse(conv, "the image's mean or std differs between channels");
      }
    }
    if (mean != Math.rint(mean) || mean < 0 || mean > PIXEL_MAX || !PowersOfTwo.isPowerOfTwo(std)) {
      return refuse(
          conv,
          "the image's mean %s is no integer in 0..255 or its std %s no power of two"
              .formatted(mean, std));
    }
    int zeroPoint = (int) mean;
    long bound = (long) Math.max(zeroPoint, PIXEL_MAX - zeroPoint) * filters.largestSum();
    return accept(
        new IntegerConv(
            conv,
            Source.PIXELS,
            normalize.input(),
            zeroPoint,
            filters.integers(),
            multiplied(filters.factors(), 1 / std),
            (int) bound),
        bound);
  }

  private static float[] multiplied(float[] factors, float factor) {
    float[] products = factors.clone();
    for (int o = 0; o < products.length; o++) {
      products[o] *= factor;
    }
    return products;
  }

  private Optional<IntegerConv> accept(IntegerConv conv, long bound) {
    if (bound >= PowersOfTwo.EXACT_INTEGERS) {
      return refuse(
          conv.conv(), "its sums may reach " + bound + ", beyond the exact integers of float32");
    }
    if (!PowersOfTwo.areModerate(conv.factors())) {
      return refuse(conv.conv(), "its scale is too close to the ends of float32");
    }
    return Optional.of(conv);
  }

  private Optional<IntegerConv> refuse(Conv2d conv, String reason) {
    reasons.put(conv.name(), reason);
    return Optional.empty();
  }
}
