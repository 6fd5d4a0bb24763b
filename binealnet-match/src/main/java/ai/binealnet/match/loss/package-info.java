/** What makes key points repeatable and descriptors distinctive. */
package ai.binealnet.match.loss;
