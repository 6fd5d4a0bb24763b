/** How well pictures are matched, and OpenCV's features to compare with; no training class. */
package ai.binealnet.match.metric;
