/** The classification network: a backbone with a pooled linear head, and its configuration. */
package ai.binealnet.classify.model;
