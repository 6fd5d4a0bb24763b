/**
 * Pictures on their way to a network: decoded images, the {@link ai.binealnet.core.data.ImageSpec}
 * that turns them into numbers, augmentation, and loaders that prepare batches in the background.
 *
 * <p>Everything here is plain Java arrays plus OpenCV, so that training and the device share it; no
 * tensor of the training engine appears. File formats of a single task belong to that task's own
 * {@code data} package.
 */
package ai.binealnet.core.data;
