package ai.binealnet.cli;

import ai.binealnet.deploy.bench.ColdStart;
import ai.binealnet.deploy.bench.LayerProfile;
import ai.binealnet.deploy.bench.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@link NetworkBench}'s outcome for scripts and for people. */
final class NetworkBenchReport {
  private static final double MILLI = 1e3;
  private static final double MEGA = 1 << 20;
  private static final int LOW = 5;

  private NetworkBenchReport() {}

  static Result of(NetworkBench.Outcome outcome) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kernels", outcome.kernels());
    json.put("rows", outcome.rows().stream().map(row -> row(outcome, row)).toList());
    json.put("ratio", ratio(outcome));
    if (!outcome.profiles().isEmpty()) {
      json.put("profiles", outcome.profiles().stream().map(NetworkBenchReport::profile).toList());
    }
    return Result.done(json, text(outcome));
  }

  private static Map<String, Object> row(NetworkBench.Outcome outcome, NetworkBench.Row row) {
    Contender contender = row.contender();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", contender.name());
    json.put("kind", contender.kind());
    json.put("width", contender.width());
    json.put("threads", row.threads());
    json.putAll(times(row.times()));
    json.put("bytes", contender.bytes());
    json.put("random_weights", contender.randomWeights());
    ColdStart start = outcome.coldStarts().get(contender.name());
    if (start != null) {
      json.putAll(start(start));
    }
    return json;
  }

  /** What a fresh process needed. */
  static Map<String, Object> start(ColdStart start) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("open_ms", start.openMillis());
    json.put("peak_rss_mb", start.peakBytes() < 0 ? null : start.peakBytes() / MEGA);
    json.put("model_rss_mb", start.modelBytes() < 0 ? null : start.modelBytes() / MEGA);
    return json;
  }

  /** The 5th percentile and the median of times in seconds, in milliseconds. */
  static Map<String, Object> times(Timings times) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rounds", times.count());
    json.put("p05_ms", MILLI * times.percentile(LOW));
    json.put("median_ms", MILLI * times.median());
    return json;
  }

  /** Time of each baseline over time of the first network. */
  private static Map<String, Map<String, Double>> ratio(NetworkBench.Outcome outcome) {
    Contender first = outcome.contenders().get(0);
    Map<String, Map<String, Double>> ratio = new LinkedHashMap<>();
    for (NetworkBench.Row row : outcome.rows()) {
      if (row.contender() != first) {
        ratio
            .computeIfAbsent(row.contender().name(), name -> new LinkedHashMap<>())
            .put(
                Integer.toString(row.threads()),
                row.times().median() / outcome.median(first, row.threads()));
      }
    }
    return ratio;
  }

  private static Map<String, Object> profile(NetworkBench.Profile profile) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", profile.contender().name());
    json.put("kind", profile.contender().kind());
    json.put("width", profile.contender().width());
    json.put("threads", profile.threads());
    json.put("run_us", profile.profile().runMicros());
    json.put("outside_us", profile.profile().outsideMicros());
    List<Map<String, Object>> layers = new ArrayList<>();
    for (LayerProfile.Layer layer : profile.profile().layers()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", layer.name());
      row.put("op", layer.op());
      row.put("median_us", layer.micros());
      row.put("share", layer.share());
      row.put("macs", layer.macs());
      row.put("gmacs", layer.macs() == 0 ? null : layer.gmacs());
      layers.add(row);
    }
    json.put("layers", layers);
    return json;
  }

  private static String text(NetworkBench.Outcome outcome) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-12s %6s %8s %10s %10s %8s %13s %9s %9s %10s%n"
            .formatted(
                "network",
                "width",
                "threads",
                "p5 ms",
                "median ms",
                "ratio",
                "bytes",
                "open ms",
                "peak MB",
                "model MB"));
    for (NetworkBench.Row row : outcome.rows()) {
      text.append(line(outcome, row));
    }
    text.append(
        "ratio: a baseline's median time over that of %s; kernels: %s"
            .formatted(outcome.contenders().get(0).name(), outcome.kernels()));
    if (outcome.contenders().stream().anyMatch(Contender::randomWeights)) {
      text.append("\n* random weights: good for measuring speed only");
    }
    if (!outcome.coldStarts().isEmpty()) {
      text.append(
          "\nopen, peak: in a fresh Java process each, peak of its resident memory over 5 runs;"
              + " model: what it added to Java and ONNX Runtime");
    }
    outcome.profiles().forEach(profile -> text.append("\n\n").append(LayerTimes.table(profile)));
    return text.toString();
  }

  private static String line(NetworkBench.Outcome outcome, NetworkBench.Row row) {
    Contender contender = row.contender();
    Timings times = row.times();
    double ratio = times.median() / outcome.median(outcome.contenders().get(0), row.threads());
    ColdStart start = outcome.coldStarts().get(contender.name());
    return String.format(
        Locale.ROOT,
        "%-12s %6s %8d %10.3f %10.3f %8.2f %,13d %9s %9s %10s%n",
        contender.name() + (contender.randomWeights() ? "*" : ""),
        contender.width() == null ? "" : contender.width(),
        row.threads(),
        MILLI * times.percentile(LOW),
        MILLI * times.median(),
        ratio,
        contender.bytes(),
        start == null ? "" : String.format(Locale.ROOT, "%.0f", start.openMillis()),
        start == null ? "" : megabytes(start.peakBytes()),
        start == null ? "" : megabytes(start.modelBytes()));
  }

  /** Whole megabytes, or a question mark for what is not known. */
  static String megabytes(long bytes) {
    return bytes < 0 ? "?" : String.format(Locale.ROOT, "%.0f", bytes / MEGA);
  }
}
