package ai.binealnet.core.tensor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the time of a training goes: calls and seconds of each kernel of {@link Kernels}. */
public final class KernelProfile {
  /**
   * One kernel's share.
   *
   * @param kernel method of {@link Kernels}
   * @param calls how often it ran
   * @param seconds spent in it, all calls together
   */
  public record Row(String kernel, long calls, double seconds) {}

  private static final double NANOS = 1e9;

  private final Map<String, long[]> totals = new HashMap<>(); // calls, nanoseconds

  /** The same kernels, every call of which is counted here. */
  public Kernels around(Kernels kernels) {
    return (Kernels)
        Proxy.newProxyInstance(
            Kernels.class.getClassLoader(),
            new Class<?>[] {Kernels.class},
            (proxy, method, arguments) -> timed(kernels, method, arguments));
  }

  private Object timed(Kernels kernels, Method method, Object[] arguments) throws Throwable {
    long start = System.nanoTime();
    try {
      return method.invoke(kernels, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      long[] total = totals.computeIfAbsent(method.getName(), name -> new long[2]);
      total[0]++;
      total[1] += System.nanoTime() - start;
    }
  }

  /** Forgets what was counted so far. */
  public void clear() {
    totals.clear();
  }

  /** What was counted, the most expensive kernel first. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    totals.forEach((kernel, total) -> rows.add(new Row(kernel, total[0], total[1] / NANOS)));
    rows.sort(Comparator.comparingDouble(Row::seconds).reversed());
    return rows;
  }
}
