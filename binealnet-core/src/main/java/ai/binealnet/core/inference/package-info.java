/**
 * A network that is run, as the decoders of the tasks see it: pictures in, named outputs out. The
 * runtime of {@code binealnet-deploy} implements {@link ai.binealnet.core.inference.Model}; neither
 * it nor any task knows the other.
 *
 * <p>Nothing here trains, and nothing here knows who computes.
 */
package ai.binealnet.core.inference;
