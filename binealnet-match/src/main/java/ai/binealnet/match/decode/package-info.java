/** From raw outputs to key points, descriptors, matches and a homography; no training class. */
package ai.binealnet.match.decode;
