/**
 * Timings: {@link ai.binealnet.deploy.bench.KernelBench} times single layers in each number format.
 * Everything that is compared takes turns within one run, because machines are noisy.
 */
package ai.binealnet.deploy.bench;
