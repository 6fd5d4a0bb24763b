/**
 * Passes from the real-valued export graph to the graph that a device runs: normalisation and
 * activation become integer thresholds, weights become bits or bytes, and every value keeps its
 * name.
 *
 * <p>{@link ai.binealnet.deploy.lower.Lowering} is the entry. What cannot be lowered exactly stays
 * in float32 and is reported with its reason. No file format and no execution here.
 */
package ai.binealnet.deploy.lower;
