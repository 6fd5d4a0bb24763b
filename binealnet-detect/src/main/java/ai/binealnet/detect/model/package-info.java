/** The detection network and its configuration. */
package ai.binealnet.detect.model;
