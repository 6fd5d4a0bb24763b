/**
 * Optimizers, their parameter groups and rate schedules. What is optimized, and when, is {@code
 * train}'s business.
 */
package ai.binealnet.core.optim;
