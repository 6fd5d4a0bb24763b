# Runs a model file with the kernels of BiNealNet: run_model.py MODEL LIBRARY PIXELS (uint8 [N,H,W,C], raw)
import hashlib
import sys

import numpy
import onnxruntime

options = onnxruntime.SessionOptions()
options.register_custom_ops_library(sys.argv[2])
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
image = session.get_inputs()[0]
example = session.get_modelmeta().custom_metadata_map.get("input.example")  # of a model for any size
size = map(int, example.split("x")) if example else image.shape[1:3]
pixels = numpy.fromfile(sys.argv[3], numpy.uint8).reshape(-1, *size, image.shape[3])
outputs = session.run(None, {image.name: pixels})
print(outputs[0].argmax(axis=-1), hashlib.sha256(b"".join(y.tobytes() for y in outputs)).hexdigest())
