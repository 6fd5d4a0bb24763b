package ai.binealnet.cli;

import ai.binealnet.deploy.cost.Cost;
import ai.binealnet.deploy.cost.Cycles;
import ai.binealnet.deploy.cost.Network;
import ai.binealnet.deploy.cost.Networks;
import ai.binealnet.deploy.cost.SystolicArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cost}. */
@Command(
    name = "cost",
    description =
        "Model what 8-bit ResNet-18, BiNeal, Bi-Real and ReActNet-A cost on a systolic array, beside"
            + " what was published. For other networks see summary.")
final class CostCommand extends Output {
  @Mixin private ArrayOptions options;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "PLOT.png",
      description = "Also draw how the ratios move with bandwidth and array size.")
  private Path plot;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  /** Two networks of which something was published. */
  private record Claim(String text, String published, Network slow, Network fast) {
    double ratio(SystolicArray array) {
      return (double) array.cycles(slow.layers()).total() / array.cycles(fast.layers()).total();
    }
  }

  @Override
  Result run() {
    SystolicArray array = options.array(this);
    if (plot != null) {
      OutputFiles.requireNew(plot, force);
      CostPlot.write(array, plot);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("array", ArrayOptions.json(array));
    json.put("networks", networks().stream().map(network -> json(network, array)).toList());
    json.put("claims", claims().stream().map(claim -> json(claim, array)).toList());
    json.put("plot", plot == null ? null : plot.toString());
    return Result.done(json, text(array));
  }

  private static List<Network> networks() {
    return List.of(
        Networks.resNet18(1),
        Networks.biNeal(1, 1),
        Networks.biNeal(1.5, 1),
        Networks.biNeal(1.5, 3),
        Networks.biNeal(2, 1),
        Networks.biReal(8, 8),
        Networks.biReal(16, 8),
        Networks.biReal(32, 32),
        Networks.reActNetA(8, 8),
        Networks.reActNetA(16, 8),
        Networks.reActNetA(32, 32),
        Networks.segmenter8Bit(),
        Networks.segmenterBiNeal(2));
  }

  private static List<Claim> claims() {
    Network eightBit = Networks.resNet18(1);
    Network x15 = Networks.biNeal(1.5, 1);
    String others = "2.1-2.7";
    return List.of(
        new Claim("8-bit ResNet-18 / BiNeal x1.5", "7", eightBit, x15),
        new Claim(
            "8-bit FCN / BiNeal FCN x2",
            "3.9",
            Networks.segmenter8Bit(),
            Networks.segmenterBiNeal(2)),
        new Claim("8-bit ResNet-18 / BiNeal x2", "", eightBit, Networks.biNeal(2, 1)),
        new Claim("ReActNet-A, 8-bit / BiNeal x1.5", "2.7", Networks.reActNetA(8, 8), x15),
        new Claim("ReActNet-A, 16-bit / BiNeal x1.5", "2.7", Networks.reActNetA(16, 8), x15),
        new Claim(
            "Bi-Real-18, 8-bit / BiNeal x1", others, Networks.biReal(8, 8), Networks.biNeal(1, 1)),
        new Claim(
            "Bi-Real-18, 16-bit / BiNeal x1",
            others,
            Networks.biReal(16, 8),
            Networks.biNeal(1, 1)));
  }

  private static Map<String, Object> json(Network network, SystolicArray array) {
    Cost cost = Cost.of(network.layers());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", network.name());
    json.put("macs", cost.macs());
    json.put("weights", cost.weights());
    json.put("weight_bytes", cost.weightBytes());
    json.put("activation_bytes", Map.of("in", cost.inputBytes(), "out", cost.outputBytes()));
    json.put("cycles", array.cycles(network.layers()));
    return json;
  }

  private static Map<String, Object> json(Claim claim, SystolicArray array) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("claim", claim.text());
    json.put("published", claim.published());
    json.put("model", claim.ratio(array));
    return json;
  }

  private static String text(SystolicArray array) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("network", "GMACs 1-bit", "wider", "weights MB", "activations MB", "kcycles", ""));
    for (Network network : networks()) {
      Cost cost = Cost.of(network.layers());
      Cycles cycles = array.cycles(network.layers());
      long binary = cost.macs().getOrDefault(1, 0L);
      rows.add(
          List.of(
              network.name(),
              "%.3f".formatted(binary / 1e9),
              "%.3f".formatted((cost.allMacs() - binary) / 1e9),
              "%.2f".formatted(cost.allWeightBytes() / 1e6),
              "%.2f".formatted((cost.inputBytes() + cost.outputBytes()) / 1e6),
              "%,.1f".formatted(cycles.total() / 1e3),
              limit(cycles)));
    }
    List<List<String>> claims = new ArrayList<>();
    claims.add(List.of("cycles of one / the other", "published", "model", ""));
    for (Claim claim : claims()) {
      claims.add(
          List.of(claim.text(), claim.published(), "%.2f".formatted(claim.ratio(array)), ""));
    }
    return "%s%n%n%s%n%nmodelled array: %s (docs/cost-model.md)"
        .formatted(TextTable.of(rows, 1), TextTable.of(claims, 1), ArrayOptions.text(array));
  }

  /** What decides. */
  private static String limit(Cycles cycles) {
    if (cycles.total() == cycles.memory()) {
      return "memory decides";
    }
    if (cycles.total() == cycles.oneBit()) {
      return "1-bit unit decides";
    }
    return cycles.total() == cycles.eightBit() ? "8-bit unit decides" : "units add up";
  }
}
