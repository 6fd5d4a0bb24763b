/** Detection: boxes around objects, with binary networks. {@link Detect} is where to start. */
package ai.binealnet.detect;
