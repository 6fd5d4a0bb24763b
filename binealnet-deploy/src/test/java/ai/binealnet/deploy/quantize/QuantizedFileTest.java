package ai.binealnet.deploy.quantize;

import static org.assertj.core.api.Assertions.assertThat;

import ai.binealnet.core.graph.ModelGraph;
import ai.binealnet.deploy.Exporter;
import ai.binealnet.deploy.RandomGraph;
import ai.binealnet.deploy.RandomNets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuantizedFileTest {
  @TempDir Path folder;

  @Test
  void shouldFuseCompletely() throws Exception {
    ModelGraph graph = RandomNets.real(1, 16, 16, 16);
    Path file = folder.resolve("int8.onnx");
    Exporter.exportInt8(graph, calibration(graph, 8), file);
    var operators = OptimizedGraph.of(file, folder.resolve("optimized.onnx")).operators();
    System.out.println(operators);
    assertThat(operators).containsEntry("QLinearConv", 4);
  }

  private static Calibration calibration(ModelGraph graph, int count) {
    byte[] images =
        RandomGraph.images(new Random(2), count, graph.height(), graph.width()).values();
    return new Calibration(images, count);
  }
}
