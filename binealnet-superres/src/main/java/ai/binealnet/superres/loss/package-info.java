/** What super-resolution minimizes. */
package ai.binealnet.superres.loss;
