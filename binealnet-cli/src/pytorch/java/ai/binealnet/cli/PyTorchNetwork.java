package ai.binealnet.cli;

import static org.bytedeco.pytorch.global.torch.avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.hardtanh;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones_like;
import static org.bytedeco.pytorch.global.torch.prelu;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.where;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/**
 * ResNet-20 of residual-stream blocks as one would write it in PyTorch, channels last: sign with the
 * gradient of hardtanh for weights and activations, batch norm, identity, PReLU. It leaves out what
 * our network has besides: learned shifts and slopes of the binarizers, and the 8-bit stream.
 */
final class PyTorchNetwork {
  private static final int CLASSES = 10;
  private static final int BLOCKS = 3;
  private static final double NORM_MOMENTUM = 0.1;
  private static final double EPSILON = 1e-5;
  private static final long[] NO_DILATION = {1, 1};

  private final TensorVector parameters = new TensorVector();
  private final SGD optimizer;
  private final int[] widths;
  private int next; // parameter that the forward pass takes next

  PyTorchNetwork(double width) {
    widths = new int[3];
    for (int s = 0; s < widths.length; s++) {
      widths[s] = (int) Math.round((16 << s) * width / 8) * 8;
    }
    declare(widths[0], 3, 3);
    for (int s = 0; s < widths.length; s++) {
      for (int half = 0; half < 2 * BLOCKS; half++) {
        boolean first = s > 0 && half == 0;
        int in = first ? widths[s - 1] : widths[s];
        declare(widths[s], in, 3);
        if (first) {
          declare(widths[s], in, 1);
        }
        add(full(new long[] {widths[s]}, new Scalar(0.25)));
      }
    }
    add(randn(CLASSES, widths[2]).mul(new Scalar(0.1)));
    add(full(new long[] {CLASSES}, new Scalar(0.0)));
    SGDOptions options = new SGDOptions(0.1);
    options.momentum().put(0.9);
    options.weight_decay().put(5e-4);
    optimizer = new SGD(parameters, options);
  }

  /** A convolution's weights, and its normalisation's scale and shift. */
  private void declare(int out, int in, int kernel) {
    Tensor weight = randn(out, in, kernel, kernel).mul(new Scalar(0.1));
    add(weight.contiguous(MemoryFormat.ChannelsLast));
    add(full(new long[] {out}, new Scalar(1.0)));
    add(full(new long[] {out}, new Scalar(0.0)));
  }

  private void add(Tensor parameter) {
    parameters.push_back(parameter.set_requires_grad(true));
  }

  /** One training step on [N,3,32,32], channels last; returns the loss. */
  @SuppressWarnings("try") // the scope frees what is made inside
  double step(Tensor images, Tensor labels) {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss = cross_entropy_loss(forward(images), labels);
      loss.backward();
      optimizer.step();
      return loss.item_double();
    }
  }

  private Tensor take() {
    return parameters.get(next++);
  }

  private Tensor forward(Tensor images) {
    next = 0;
    Tensor x = normalized(conv(images, take(), 1));
    for (int s = 0; s < widths.length; s++) {
      for (int half = 0; half < 2 * BLOCKS; half++) {
        boolean first = s > 0 && half == 0;
        Tensor branch = normalized(conv(sign(x), sign(take()), first ? 2 : 1));
        Tensor shortcut = x;
        if (first) {
          Tensor average = avg_pool2d(x, 2, 2);
          shortcut = normalized(conv(sign(average), sign(take()), 1));
        }
        x = prelu(branch.add(shortcut), take());
      }
    }
    return linear(x.mean(2, 3), take(), new TensorOptional(take()));
  }

  private static Tensor conv(Tensor x, Tensor weight, long stride) {
    long padding = weight.size(2) / 2;
    return conv2d(
        x,
        weight,
        new TensorOptional(),
        new long[] {stride, stride},
        new long[] {padding, padding},
        NO_DILATION,
        1);
  }

  private Tensor normalized(Tensor x) {
    return batch_norm(
        x,
        new TensorOptional(take()),
        new TensorOptional(take()),
        new TensorOptional(),
        new TensorOptional(),
        true,
        NORM_MOMENTUM,
        EPSILON,
        false);
  }

  /** Sign forward, hardtanh backward. */
  private static Tensor sign(Tensor x) {
    Tensor surrogate = hardtanh(x);
    Tensor one = ones_like(x);
    Tensor signs = where(x.detach().ge(new Scalar(0)), one, one.neg());
    return surrogate.add(signs.sub(surrogate.detach()));
  }
}
