package ai.binealnet.detect.data;

import ai.binealnet.detect.decode.Box;

/**
 * An object that people marked in a picture.
 *
 * @param box where
 * @param label index of its class
 * @param difficult hard to see: neither finding nor missing it counts (PASCAL VOC)
 * @param crowd a group too dense to mark each: any number of detections in it is ignored (COCO)
 */
public record LabeledBox(Box box, int label, boolean difficult, boolean crowd) {
  /** A plain object. */
  public LabeledBox(Box box, int label) {
    this(box, label, false, false);
  }

  /** The same object somewhere else. */
  public LabeledBox at(Box other) {
    return new LabeledBox(other, label, difficult, crowd);
  }
}
