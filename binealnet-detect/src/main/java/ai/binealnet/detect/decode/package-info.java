/**
 * Raw outputs to boxes, their drawing and their JSON form, shared by training and devices: no
 * training code is used here.
 */
package ai.binealnet.detect.decode;
