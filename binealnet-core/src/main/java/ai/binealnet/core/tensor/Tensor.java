package ai.binealnet.core.tensor;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A dense float32 array outside the Java heap, row-major, channels last. An ND4J array owns the
 * memory; it stays reachable as long as the tensor is, which native code relies on.
 */
public final class Tensor {
  private final Shape shape;
  private final INDArray owner;
  private final FloatPointer pointer;
  private final FloatBuffer buffer;

  private Tensor(Shape shape, INDArray owner, FloatPointer pointer, FloatBuffer buffer) {
    this.shape = shape;
    this.owner = owner;
    this.pointer = pointer;
    this.buffer = buffer;
  }

  /**
   * New memory of unspecified contents; large temporaries should come from a {@link TensorPool}
   * instead.
   */
  public static Tensor create(Shape shape) {
    INDArray owner = Nd4j.createUninitialized(DataType.FLOAT, shape.size());
    FloatPointer pointer = new FloatPointer(owner.data().pointer());
    pointer.capacity(shape.size()).limit(shape.size()).position(0);
    return new Tensor(shape, owner, pointer, pointer.asBuffer());
  }

  /** New memory holding {@code values}. */
  public static Tensor of(Shape shape, float... values) {
    return create(shape).set(values);
  }

  /** The same memory under another shape of the same size. */
  public Tensor reshape(Shape other) {
    if (other.size() != shape.size()) {
      throw new IllegalArgumentException("cannot view " + shape + " as " + other);
    }
    return new Tensor(other, owner, pointer, buffer);
  }

  /** Whether another tensor is a view of the same memory. */
  public boolean sharesMemory(Tensor other) {
    return owner == other.owner;
  }

  /** The extents. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public int size() {
    return buffer.capacity();
  }

  /** Element at a flat index. */
  public float get(int index) {
    return buffer.get(index);
  }

  /** Replaces the element at a flat index. */
  public void set(int index, float value) {
    buffer.put(index, value);
  }

  /**
   * Copies {@code length} elements from flat index {@code from} into {@code target}, starting at
   * its index 0.
   */
  public void read(int from, float[] target, int length) {
    buffer.get(from, target, 0, length);
  }

  /** Copies the first {@code length} elements of {@code source} to flat index {@code from}. */
  public void write(int from, float[] source, int length) {
    buffer.put(from, source, 0, length);
  }

  /** All elements, a copy. */
  public float[] toArray() {
    float[] values = new float[size()];
    buffer.get(0, values);
    return values;
  }

  /**
   * Replaces all elements.
   *
   * @throws IllegalArgumentException if the number of values differs
   */
  public Tensor set(float... values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          shape + " takes " + size() + " values, got " + values.length);
    }
    buffer.put(0, values);
    return this;
  }

  /** Sets every element to {@code value}. */
  public Tensor fill(float value) {
    if (Float.floatToRawIntBits(value) == 0) {
      Pointer.memset(pointer, 0, (long) size() * Float.BYTES);
      return this;
    }
    for (int i = 0; i < size(); i++) {
      buffer.put(i, value);
    }
    return this;
  }

  /** Copies all elements of a tensor of the same size. */
  public void copyFrom(Tensor source) {
    if (source.size() != size()) {
      throw new IllegalArgumentException("cannot copy " + source.shape + " into " + shape);
    }
    Pointer.memcpy(pointer, source.pointer, (long) size() * Float.BYTES);
  }

  FloatPointer pointer() {
    return pointer;
  }
}
