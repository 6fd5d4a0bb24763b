#!/usr/bin/env python3
"""Prints what bicubic scaling scores, by numpy and scipy and not one line of Java: PSNR and SSIM of the luma.

    make_scores.py PICTURE.png… > scores.expected.properties

Lines <name>.x<factor>=<psnr>,<ssim> and means. Matrices instead of taps, dense 2-D windows instead of separable ones.
The stored file: the pictures of samples/super-resolution/set5/HR.
"""
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
from scipy.signal import convolve2d


def read_png(path):
    data = Path(path).read_bytes()
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", body)
            assert depth == 8 and color in (0, 2) and interlace == 0, path
        elif kind == b"IDAT":
            packed += body
        at += 12 + length
    channels = 3 if color == 2 else 1
    stride = width * channels
    raw, rows, above = zlib.decompress(packed), [], bytearray(stride)
    for y in range(height):
        kind = raw[y * (stride + 1)]
        row = bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for i in range(stride):
            a = row[i - channels] if i >= channels else 0
            b = above[i]
            c = above[i - channels] if i >= channels else 0
            if kind == 1:
                row[i] = row[i] + a & 255
            elif kind == 2:
                row[i] = row[i] + b & 255
            elif kind == 3:
                row[i] = row[i] + (a + b) // 2 & 255
            elif kind == 4:
                p = a + b - c
                pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
                row[i] = row[i] + (a if pa <= pb and pa <= pc else b if pb <= pc else c) & 255
        rows.append(row)
        above = row
    image = np.array(rows, dtype=np.uint8).reshape(height, width, channels)
    return image if channels == 3 else image.repeat(3, axis=2)


def cubic(x):
    x = np.abs(x)
    near = 1.5 * x**3 - 2.5 * x**2 + 1
    far = -0.5 * x**3 + 2.5 * x**2 - 4 * x + 2
    return np.where(x <= 1, near, np.where(x <= 2, far, 0))


def matrix(n, m):
    """[m, n]: a line of n pixels to one of m."""
    zoom = m / n
    stretch = max(1.0, 1 / zoom)
    out = np.zeros((m, n))
    for x in range(m):
        centre = (x + 0.5) / zoom - 0.5
        taps = np.arange(int(np.floor(centre - 2 * stretch)) - 1, int(np.ceil(centre + 2 * stretch)) + 2)
        weights = cubic((taps - centre) / stretch)
        for t, w in zip(np.clip(taps, 0, n - 1), weights / weights.sum()):
            out[x, t] += w
    return out


def to_bytes(x):
    return np.floor(np.clip(x, 0, 255) + 0.5).clip(0, 255)


def resize(image, h, w):
    down = to_bytes(np.einsum("ij,jkc->ikc", matrix(image.shape[0], h), image.astype(float)))
    return to_bytes(np.einsum("ij,kjc->kic", matrix(image.shape[1], w), down))


def luma(image, border):
    y = np.rint(16 + image.astype(float) @ np.array([65.481, 128.553, 24.966]) / 255)
    return y[border:-border, border:-border]


def ssim(a, b):
    d = np.arange(11) - 5
    g = np.exp(-(d[:, None]**2 + d[None, :]**2) / (2 * 1.5**2))
    g /= g.sum()
    mean = lambda x: convolve2d(x, g, mode="valid")
    ma, mb = mean(a), mean(b)
    va, vb, cov = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    c1, c2 = (0.01 * 255)**2, (0.03 * 255)**2
    return np.mean((2 * ma * mb + c1) * (2 * cov + c2) / ((ma**2 + mb**2 + c1) * (va + vb + c2)))


for factor in (2, 3, 4):
    scores = []
    for name in sys.argv[1:]:
        high = read_png(name)
        h, w = high.shape[0] // factor, high.shape[1] // factor
        high = high[:h * factor, :w * factor]
        bicubic = resize(resize(high, h, w), h * factor, w * factor)
        a, b = luma(high, factor), luma(bicubic, factor)
        scores.append((10 * np.log10(255**2 / np.mean((a - b)**2)), ssim(a, b)))
        print(f"{Path(name).stem}.x{factor}={scores[-1][0]:.6f},{scores[-1][1]:.8f}")
    print(f"mean.x{factor}={np.mean([s[0] for s in scores]):.6f},{np.mean([s[1] for s in scores]):.8f}")
