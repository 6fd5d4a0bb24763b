package ai.binealnet.cli;

import ai.binealnet.deploy.bench.Timings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A {@link Report} for scripts. */
final class ReportJson {
  private ReportJson() {}

  /** Maps and lists in the order of printing. */
  static Map<String, Object> of(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("title", report.title());
    json.put("version", Version.current());
    json.put("date", report.date().toString());
    json.put("machine", report.machine());
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("name", report.data());
    data.put("hash", report.dataHash());
    data.put("test_images", report.tests());
    data.put("images", report.images());
    json.put("data", data);
    json.put("models", report.rows().stream().map(ReportJson::model).toList());
    return json;
  }

  private static Map<String, Object> model(Report.Row row) {
    Contender contender = row.model().contender();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", contender.name());
    json.put("kind", contender.kind());
    json.put("width", contender.width());
    json.put("network", row.model().network());
    json.put("source", row.model().source());
    json.put("metrics", row.evaluation().metrics());
    json.put("bytes", row.bytes());
    json.put("timed_at", row.size().toString());
    List<Map<String, Object>> latency = new ArrayList<>();
    row.times().forEach((threads, times) -> latency.add(latency(threads, times)));
    json.put("latency", latency);
    if (row.start() != null) {
      json.putAll(NetworkBenchReport.start(row.start()));
    }
    return json;
  }

  private static Map<String, Object> latency(int threads, Timings times) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("threads", threads);
    json.putAll(NetworkBenchReport.times(times));
    return json;
  }
}
