package ai.binealnet.core.backbone;

import ai.binealnet.core.graph.WeightType;
import ai.binealnet.core.nn.GlobalPool;
import ai.binealnet.core.nn.Initializer;
import ai.binealnet.core.nn.Layer;
import ai.binealnet.core.nn.Linear;
import ai.binealnet.core.nn.Sequential;
import ai.binealnet.core.tensor.RandomTensors;
import ai.binealnet.core.tensor.Shape;
import ai.binealnet.core.tensor.Tensor;

/** A backbone to try and the side of its input. */
record NetworkCase(BackboneConfig config, int side) {
  static final int BATCH = 4;
  static final int CLASSES = 3;

  /** Pictures whose pixels are multiples of 1/64, as those of an image spec. */
  Tensor images(long seed) {
    Tensor pixels = new RandomTensors(seed).integers(Shape.of(BATCH, side, side, 3), -128, 127);
    for (int i = 0; i < pixels.size(); i++) {
      pixels.set(i, pixels.get(i) / 64);
    }
    return pixels;
  }

  /** A network for pictures: the backbone with a small head. */
  Layer network() {
    Initializer init = new Initializer(17);
    Backbone backbone = ResNet.create(config, init);
    return Sequential.of(
        backbone,
        new GlobalPool("pool"),
        new Linear("logits", backbone.outputChannels(), CLASSES, WeightType.INT8, init));
  }
}
