/** Pictures with boxes: formats, splits, checks, and random changes that carry the boxes along. */
package ai.binealnet.detect.data;
