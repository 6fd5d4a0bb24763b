/**
 * Figures that say how good a network is: accuracy and the confusion matrix. Metrics of a single
 * task (mAP, mIoU, PSNR …) belong to that task's own {@code metric} package. All figures are
 * fractions of one unless their name says otherwise.
 */
package ai.binealnet.core.metric;
