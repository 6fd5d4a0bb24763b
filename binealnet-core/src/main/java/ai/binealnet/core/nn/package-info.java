/**
 * Layers and blocks: parameters, a forward pass on a tape and the graph nodes they export to. Whole
 * networks are put together in {@code backbone} and in the task modules.
 */
package ai.binealnet.core.nn;
