package ai.binealnet.cli;

import ai.binealnet.deploy.bench.LayerProfile;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Times of layers as a table for people: layer by layer, then operator by operator. */
final class LayerTimes {
  private LayerTimes() {}

  static String table(NetworkBench.Profile profiled) {
    LayerProfile profile = profiled.profile();
    List<LayerProfile.Layer> layers = profile.layers();
    int name = layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(0);
    int op = layers.stream().mapToInt(layer -> layer.op().length()).max().orElse(0);
    String format = "%-" + name + "s  %-" + op + "s  %9.0f %6.1f%%  %s%n";
    StringBuilder text = new StringBuilder();
    text.append(
        "%s, %s: where the time goes (microseconds, share, GMAC/s)%n"
            .formatted(profiled.contender().name(), NetworkBench.threads(profiled.threads())));
    Map<String, Double> operators = new LinkedHashMap<>();
    for (LayerProfile.Layer layer : layers) {
      String speed = layer.macs() == 0 ? "" : String.format(Locale.ROOT, "%7.0f", layer.gmacs());
      text.append(
          String.format(
              Locale.ROOT,
              format,
              layer.name(),
              layer.op(),
              layer.micros(),
              100 * layer.share(),
              speed));
      operators.merge(layer.op(), layer.share(), Double::sum);
    }
    operators.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                text.append(
                    String.format(
                        Locale.ROOT,
                        "%-" + (name + 2 + op) + "s  %16.1f%%%n",
                        entry.getKey(),
                        100 * entry.getValue())));
    return text.append(
            String.format(
                Locale.ROOT,
                "a run inside ONNX Runtime %.0f, of which outside nodes %.0f",
                profile.runMicros(),
                profile.outsideMicros()))
        .toString();
  }
}
