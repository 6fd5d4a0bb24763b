/**
 * The networks that tasks put their heads on: one file for each family, all yielding a {@link
 * ai.binealnet.core.backbone.Backbone}. Heads live in the task modules.
 */
package ai.binealnet.core.backbone;
