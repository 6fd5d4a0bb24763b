package ai.binealnet.core.nn;

import ai.binealnet.core.tensor.CpuKernels;
import ai.binealnet.core.tensor.Kernels;

/** The kernels that layers use while exporting: always on the host. */
final class ExportKernels {
  static final Kernels INSTANCE = new CpuKernels(1);

  private ExportKernels() {}
}
