/**
 * Timings: {@link ai.binealnet.deploy.bench.KernelBench} times single layers in each number format,
 * {@link ai.binealnet.deploy.bench.ModelBench} whole model files, {@link
 * ai.binealnet.deploy.bench.LayerProfile} their nodes, and {@link
 * ai.binealnet.deploy.bench.ColdStart} what opening them costs. Everything that is compared takes
 * turns within one run, because machines are noisy.
 */
package ai.binealnet.deploy.bench;
