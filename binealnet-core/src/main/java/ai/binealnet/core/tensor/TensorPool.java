package ai.binealnet.core.tensor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Recycles tensors by size. A fresh 12 MB array costs more than the work done on it (page faults),
 * so a training step takes all its temporaries from here and allocates nothing after the first one.
 * Not thread-safe: one pool for one loop.
 */
public final class TensorPool {
  private final Map<Integer, Deque<Tensor>> free = new HashMap<>();
  private long allocatedBytes;

  /** A tensor of unspecified contents, recycled if one of that size is free. */
  public Tensor allocate(Shape shape) {
    Deque<Tensor> candidates = free.get(shape.size());
    if (candidates != null && !candidates.isEmpty()) {
      return candidates.pop().reshape(shape);
    }
    allocatedBytes += (long) shape.size() * Float.BYTES;
    return Tensor.create(shape);
  }

  /** Gives a tensor back; it must not be used afterwards. */
  public void release(Tensor tensor) {
    free.computeIfAbsent(tensor.size(), size -> new ArrayDeque<>()).push(tensor);
  }

  /** Bytes ever taken from the system; constant from the second step of a training loop on. */
  public long allocatedBytes() {
    return allocatedBytes;
  }
}
