/**
 * Pictures of high resolution and how they become pairs: bicubic shrinking, training and test
 * folders, patches. No training library is used here.
 */
package ai.binealnet.superres.data;
