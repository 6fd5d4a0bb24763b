/** Matching: local features of pictures, and which of them belong together. */
package ai.binealnet.match;
