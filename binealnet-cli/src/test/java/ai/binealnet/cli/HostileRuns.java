package ai.binealnet.cli;

import ai.binealnet.classify.model.ClassifyConfig;
import ai.binealnet.core.autograd.Parameter;
import ai.binealnet.core.instrument.LayerLog;
import ai.binealnet.core.task.TaskConfig;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;
import ai.binealnet.core.train.Checkpoint;
import ai.binealnet.core.train.ConfigFile;
import ai.binealnet.core.train.LossTrend;
import ai.binealnet.core.train.RunFolder;
import ai.binealnet.core.train.RunInfo;
import ai.binealnet.core.train.RunLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a training writes and what tells it what to do. */
final class HostileRuns extends HostileGroup {
  private static final List<String> YAML =
      List.of(
          "&a [*a,*a]\n",
          "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b,*b]\n",
          "<<: *a",
          "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost/\"]]",
          "!!binary ",
          "- ".repeat(3000),
          "{".repeat(3000),
          "? ",
          "%TAG ! tag:x:",
          "---\n",
          "|\n",
          ": ");

  HostileRuns(Path root) throws IOException {
    super(root);
    training();
    settings();
  }

  private void training() throws IOException {
    Parameter weights =
        new Parameter("w", Parameter.Role.WEIGHT, Tensor.create(Shape.of(4, 3)).fill(1));
    Parameter binary =
        new Parameter("b", Parameter.Role.BINARY_WEIGHT, Tensor.create(Shape.of(5)).fill(-2));
    List<Parameter> parameters = List.of(weights, binary);
    Path tensors = root.resolve("a.safetensors");
    Checkpoint.writeWeights(tensors, parameters);
    add(
        tensors,
        "safetensors",
        join(JSON, List.of("\"data_offsets\":[0,48]", "\"dtype\":\"F32\"", "\"shape\":[]")),
        () -> Checkpoint.initialize(tensors, parameters));
    Path folder = root.resolve("checkpoint");
    Checkpoint checkpoint = new Checkpoint(folder, "net");
    checkpoint.save(
        new Checkpoint.Position(3, 4, 5.5, new LossTrend(7, 2.5, 1.5, 0)), parameters, Map.of());
    add(
        folder.resolve("state.json"),
        "state.json",
        join(JSON, PATHS),
        () -> checkpoint.restore(parameters, Map.of()));
    RunInfo info =
        new RunInfo(
            "classify",
            "1",
            "net",
            List.of("a", "b"),
            "/data",
            "sha256:0",
            "",
            1,
            2,
            "2026-11-26",
            "",
            "",
            "",
            "");
    RunFolder run = RunFolder.create(root.resolve("run"), ClassifyConfig.defaults(), info);
    add(run.info(), "run.json", join(JSON, PATHS), run::readInfo);
    RunLog log = new RunLog(run.metrics());
    log.append(0, Map.of("loss", 2.5));
    log.append(1, Map.of("loss", 1.25));
    add(
        run.metrics(),
        "metrics.csv",
        List.of("epoch,", ",", "\n", "epoch\n"),
        () -> new RunLog(run.metrics()).truncate(1));
    Path layers =
        write(
            "run/layers.csv",
            "epoch,layer,kind,"
                + String.join(",", LayerLog.MEASURES)
                + "\n1,a,weight"
                + ",0.5".repeat(LayerLog.MEASURES.size())
                + "\n");
    add(layers, "layers.csv", List.of(",", "\n", "1,a,weight"), () -> LayerLog.read(layers));
    Trial trial = new Trial(null, 1, null, root.resolve("trial"));
    Files.createDirectories(trial.folder());
    trial.finish(Map.of("top1", 0.5));
    add(trial.folder().resolve("result.json"), "result.json", JSON, trial::top1);
  }

  private void settings() throws IOException {
    for (String name : Tasks.NAMES.split(", ")) {
      TaskConfig defaults = Tasks.named(name).runs().task().defaults();
      Path file = write("configs/" + name + ".yaml", ConfigFile.text(defaults));
      add(file, "settings of " + name, YAML, () -> ConfigFile.resolve(defaults, file, List.of()));
    }
    Path experiment =
        write(
            "experiment.yaml",
            """
            base: {backbone: {network: resnet8, width: 1.5}, training: {epochs: 3}}
            seeds: [1, 2]
            rows:
              - {name: both, published: 0.9479, settings: [backbone.binary.alpha=OUT]}
              - {name: other, settings: [], seeds: [3, 4]}
            """);
    add(experiment, "experiment", YAML, () -> ExperimentFile.read(experiment, List.of()));
  }
}
