# Runs a model file with the kernels of BiNealNet: run_model.py MODEL LIBRARY PIXELS (uint8 [N,H,W,C], raw)
import hashlib
import sys

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.register_custom_ops_library(sys.argv[2])
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
image = session.get_inputs()[0]
pixels = numpy.fromfile(sys.argv[3], numpy.uint8).reshape(-1, *image.shape[1:])
outputs = session.run(None, {image.name: pixels})
print(outputs[0].argmax(axis=-1), hashlib.sha256(b"".join(y.tobytes() for y in outputs)).hexdigest())
