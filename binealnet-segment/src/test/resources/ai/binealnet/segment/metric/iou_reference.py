"""Reference values of SegmentEvaluationTest, by scikit-learn (made with 1.9.1): python3 iou_reference.py

jaccard_score and recall_score are an independent implementation of IoU and class accuracy.
"""
import numpy as np
from sklearn.metrics import accuracy_score, jaccard_score, recall_score

VOID, CLASSES, SIZE = 255, 5, 40 * 30


def picture(n):
    """The made-up truth and prediction of picture n; class 3 is never in the truth, 4 in neither."""
    i = np.arange(SIZE)
    truth = (i * (n + 2) // 7 + i // 13) % 3
    predicted = np.where((i * 31 + n) % 5 == 0, (i + n) % 4, truth)
    truth = np.where((i + n) % 11 == 0, VOID, truth)
    return truth, predicted


pairs = [picture(n) for n in range(3)]
truth = np.concatenate([t for t, _ in pairs])
predicted = np.concatenate([p for _, p in pairs])
counts = truth != VOID
truth, predicted = truth[counts], predicted[counts]
iou = jaccard_score(truth, predicted, labels=range(4), average=None)
print("IoU", iou.tolist(), "mean", iou.mean())
print("pixel accuracy", accuracy_score(truth, predicted))
print("class accuracy", recall_score(truth, predicted, labels=range(3), average=None).mean())
