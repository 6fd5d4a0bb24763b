/**
 * From a trained network to a file that runs: {@code Exporter} and its parts in the packages below.
 */
package ai.binealnet.deploy;
