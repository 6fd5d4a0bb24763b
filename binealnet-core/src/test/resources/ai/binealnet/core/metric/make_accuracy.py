#!/usr/bin/env python3
"""Makes accuracy.csv and accuracy.expected.properties beside itself: scores with many ties, and what sorting says.

Plain Python 3, no packages. Ranks come from sorting (score down, then class up), not from counting as in TopK.
"""
import os
import random

CLASSES, SAMPLES = 12, 400
here = os.path.dirname(os.path.abspath(__file__))
rng = random.Random(20260101)
rows = []
for _ in range(SAMPLES):
    label = rng.randrange(CLASSES)
    scores = [rng.randrange(-8, 9) / 4 for _ in range(CLASSES)]
    scores[label] += rng.choice([0, 0.5, 1])
    rows.append((label, scores))

hits = {1: 0, 3: 0, 5: 0}
matrix = [[0] * CLASSES for _ in range(CLASSES)]
for label, scores in rows:
    ranked = sorted(range(CLASSES), key=lambda c: (-scores[c], c))
    for k in hits:
        hits[k] += label in ranked[:k]
    matrix[label][ranked[0]] += 1

with open(os.path.join(here, "accuracy.csv"), "w") as out:
    for label, scores in rows:
        out.write(",".join([str(label)] + [repr(s) for s in scores]) + "\n")
with open(os.path.join(here, "accuracy.expected.properties"), "w") as out:
    for k, n in hits.items():
        out.write(f"top{k}={n / SAMPLES!r}\n")
    for c in range(CLASSES):
        found = [label for label, scores in rows if min(range(CLASSES), key=lambda j: (-scores[j], j)) == c]
        truth = sum(label == c for label, _ in rows)
        right = sum(label == c for label in found)
        out.write(f"row{c}={','.join(map(str, matrix[c]))}\n")
        out.write(f"recall{c}={right / truth!r}\nprecision{c}={right / len(found)!r}\n")
