/** Homographies and warped pictures; no training class. */
package ai.binealnet.match.geometry;
