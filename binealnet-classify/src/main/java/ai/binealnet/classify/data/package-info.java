/**
 * The data that classification trains on: the CIFAR-10 binary version and folders of pictures, and
 * the check of either. Augmentation and batches are in {@code ai.binealnet.core.data}.
 */
package ai.binealnet.classify.data;
