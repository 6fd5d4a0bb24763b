"""Makes ground-truth.json, detections.json and expected.json with pycocotools 2.0.x as the oracle.

    pip install pycocotools numpy && python make_fixture.py

Run once; the build needs no Python. The scene is random but seeded: three classes, a crowd, an image without
objects, an image without detections, many equal scores, one image with 130 detections of one class (100 count), a
class without objects. A second scene keeps the objects apart, so that PASCAL VOC's way of matching and COCO's agree;
its all-point average precision is what pycocotools yields when the recall thresholds are exactly k / objects, because
recall takes no other values.
"""

import contextlib
import io
import json
import os

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

HERE = os.path.dirname(os.path.abspath(__file__))
CATEGORIES = [{"id": 3, "name": "cell"}, {"id": 7, "name": "platelet"}, {"id": 9, "name": "ghost"}, {"id": 4, "name": "worm"}]


def box(rng, low=20, high=90):
    w, h = rng.integers(low, high, 2)
    x, y = rng.integers(0, 300 - w), rng.integers(0, 200 - h)
    return [int(x), int(y), int(w), int(h)]


def moved(rng, b, most):
    d = rng.integers(-most, most + 1, 4)
    return [int(max(0, b[0] + d[0])), int(max(0, b[1] + d[1])), int(max(3, b[2] + d[2])), int(max(3, b[3] + d[3]))]


def score(rng):
    return round(float(rng.integers(1, 20)) / 20, 2)  # 19 values: many ties


def annotation(annotations, image, category, b, crowd=0):
    annotations.append({"id": len(annotations) + 1, "image_id": image, "category_id": category, "bbox": b,
                        "area": b[2] * b[3], "iscrowd": crowd})


def mixed_scene(rng):
    images = [{"id": i, "width": 300, "height": 200, "file_name": "%03d.png" % i} for i in (11, 5, 8, 21, 2, 30, 14)]
    annotations, detections = [], []
    for image in sorted(i["id"] for i in images):
        if image == 5:  # no object, but detections
            for _ in range(4):
                detections.append({"image_id": image, "category_id": 3, "bbox": box(rng), "score": score(rng)})
            continue
        for category in (3, 7, 4):
            for _ in range(int(rng.integers(1, 6))):
                b = box(rng)
                annotation(annotations, image, category, b)
                if image == 8:  # objects, but no detection
                    continue
                for _ in range(int(rng.integers(0, 3))):
                    detections.append({"image_id": image, "category_id": category, "bbox": moved(rng, b, 5),
                                       "score": score(rng)})
            if image != 8:
                detections.append({"image_id": image, "category_id": category, "bbox": box(rng), "score": score(rng)})
        if image in (11, 21):
            crowd = [10, 10, 250, 150]
            annotation(annotations, image, 3, crowd, 1)
            for _ in range(6):
                detections.append({"image_id": image, "category_id": 3, "bbox": box(rng, 10, 40), "score": score(rng)})
    for _ in range(130):  # more than count
        detections.append({"image_id": 30, "category_id": 7, "bbox": box(rng, 5, 60), "score": score(rng)})
    detections.append({"image_id": 2, "category_id": 9, "bbox": box(rng), "score": 0.5})  # a class without objects
    return images, annotations, detections


def apart_scene(rng):
    images = [{"id": i, "width": 300, "height": 200, "file_name": "%03d.png" % i} for i in range(1, 5)]
    annotations, detections = [], []
    for image in range(1, 5):
        for column in range(4):
            for row in range(3):
                category = int(rng.choice([3, 7, 4]))
                b = [column * 70 + 5, row * 62 + 5, int(rng.integers(30, 50)), int(rng.integers(30, 50))]
                annotation(annotations, image, category, b)
                for _ in range(int(rng.integers(0, 3))):
                    detections.append({"image_id": image, "category_id": category, "bbox": moved(rng, b, 6),
                                       "score": round(float(rng.random()), 6)})
                if rng.random() < 0.3:
                    detections.append({"image_id": image, "category_id": category, "bbox": box(rng, 5, 20),
                                       "score": round(float(rng.random()), 6)})
    return images, annotations, detections


def evaluation(images, annotations, detections, iou=None, recall=None, category=None):
    with contextlib.redirect_stdout(io.StringIO()):
        truth = COCO()
        truth.dataset = {"images": images, "annotations": annotations, "categories": CATEGORIES}
        truth.createIndex()
        e = COCOeval(truth, truth.loadRes([dict(d) for d in detections]), "bbox")
        if iou is not None:
            e.params.iouThrs = np.array(iou)
        if recall is not None:
            e.params.recThrs = np.array(recall)
        if category is not None:
            e.params.catIds = [category]
        e.evaluate()
        e.accumulate()
    return e.eval["precision"][:, :, :, 0, 2]  # [iou, recall, category], all areas, 100 detections


def mean(values):
    values = values[values > -1]
    return float(values.mean()) if values.size else -1.0


def coco(scene):
    precision = evaluation(*scene)
    ids = sorted(c["id"] for c in CATEGORIES)
    return {"mAP": mean(precision), "mAP50": mean(precision[0]), "mAP75": mean(precision[5]),
            "AP": {str(c): mean(precision[:, :, k]) for k, c in enumerate(ids)},
            "AP50": {str(c): mean(precision[0, :, k]) for k, c in enumerate(ids)}}


def voc(scene):
    result = {}
    for c in CATEGORIES:
        objects = sum(1 for a in scene[1] if a["category_id"] == c["id"])
        if objects:
            recall = [k / objects for k in range(1, objects + 1)]
            result[str(c["id"])] = mean(evaluation(*scene, iou=[0.5], recall=recall, category=c["id"]))
    return {"AP50": result, "mAP50": float(np.mean(list(result.values())))}


def write(name, value):
    with open(os.path.join(HERE, name), "w") as f:
        json.dump(value, f, indent=None, separators=(",", ":"))
        f.write("\n")


def main():
    expected = {}
    for name, scene, judge in (("mixed", mixed_scene(np.random.default_rng(7)), coco),
                               ("apart", apart_scene(np.random.default_rng(8)), voc)):
        images, annotations, detections = scene
        write(name + "-truth.json", {"images": images, "annotations": annotations, "categories": CATEGORIES})
        write(name + "-detections.json", detections)
        expected[name] = judge(scene)
    with open(os.path.join(HERE, "expected.json"), "w") as f:
        json.dump(expected, f, indent=1)
        f.write("\n")


main()
