/**
 * Reverse-mode differentiation: {@link ai.binealnet.core.autograd.Variable} (a value and its
 * gradient), {@link ai.binealnet.core.autograd.Tape} (what was computed, in order) and the
 * operators, each with its forward computation and its gradient side by side. What is particular to
 * binary networks lives in {@code binary}.
 */
package ai.binealnet.core.autograd;
