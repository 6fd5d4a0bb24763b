/** Judging enlarged pictures: PSNR and SSIM of the luma, with the border left out. */
package ai.binealnet.superres.metric;
