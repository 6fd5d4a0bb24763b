/**
 * Matching: local features matched between two pictures. No code yet: this module will have the
 * inner layout of {@code ai.binealnet.classify}.
 */
package ai.binealnet.match;
