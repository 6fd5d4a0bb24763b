"""The few names of Python's onnxruntime that run_model.py uses, over the C library named by ORT_LIBRARY.

Only for testing the script where the real module cannot be installed. Numbers are slots of OrtApi.
"""
import ctypes
import os
import types

import numpy

_POINTER = ctypes.c_void_p
_base = ctypes.CDLL(os.environ["ORT_LIBRARY"]).OrtGetApiBase
_base.restype = ctypes.POINTER(ctypes.CFUNCTYPE(_POINTER, ctypes.c_uint32))
_slots = ctypes.cast(_base()[0](17), ctypes.POINTER(_POINTER))


def _call(slot, *arguments):
    function = ctypes.CFUNCTYPE(_POINTER, *[type(a) for a in arguments])(_slots[slot])
    status = function(*arguments)
    if status:
        message = ctypes.CFUNCTYPE(ctypes.c_char_p, _POINTER)(_slots[2])(status)
        raise RuntimeError(message.decode())


def _make(slot, *arguments):
    """What a function returns through its last argument."""
    out = _POINTER()
    _call(slot, *arguments, _address(out))
    return out


def _address(value):
    return ctypes.cast(ctypes.pointer(value), _POINTER)


def _number(slot, *arguments):
    out = ctypes.c_size_t()
    _call(slot, *arguments, _address(out))
    return out.value


def _extents(shape):
    extents = (ctypes.c_int64 * _number(61, shape))()
    _call(62, shape, _address(extents), ctypes.c_size_t(len(extents)))
    return list(extents)


class SessionOptions:
    def __init__(self):
        self.handle = _make(10)

    def register_custom_ops_library(self, path):
        _call(228, self.handle, ctypes.c_char_p(path.encode()))


class _Metadata:
    def __init__(self, session, allocator):
        self._metadata = _make(111, session)
        self._allocator = allocator

    def get(self, key):
        text = _make(116, self._metadata, self._allocator, ctypes.c_char_p(key.encode())).value
        return ctypes.string_at(text).decode() if text else None


class InferenceSession:
    def __init__(self, path, options, providers):
        assert providers == ["CPUExecutionProvider"]
        self._environment = _make(3, ctypes.c_int(3), ctypes.c_char_p(b"stand-in"))
        self._allocator = _make(78)
        self._memory = _make(69, ctypes.c_int(1), ctypes.c_int(0))
        self._session = _make(7, self._environment, ctypes.c_char_p(path.encode()), options.handle)

    def _name(self, slot, index):
        return ctypes.string_at(_make(slot, self._session, ctypes.c_size_t(index), self._allocator).value)

    def get_modelmeta(self):
        return types.SimpleNamespace(custom_metadata_map=_Metadata(self._session, self._allocator))

    def get_inputs(self):
        shape = _make(55, _make(33, self._session, ctypes.c_size_t(0)))
        return [types.SimpleNamespace(name=self._name(36, 0).decode(), shape=_extents(shape))]

    def run(self, names, feed):
        assert names is None and len(feed) == 1
        (name, pixels), = feed.items()
        extents = (ctypes.c_int64 * pixels.ndim)(*pixels.shape)
        image = _make(
            49, self._memory, _POINTER(pixels.ctypes.data), ctypes.c_size_t(pixels.nbytes),
            _address(extents), ctypes.c_size_t(pixels.ndim), ctypes.c_int(2))
        return [self._output(i, name, image) for i in range(_number(31, self._session))]

    def _output(self, index, name, image):
        inputs = (ctypes.c_char_p * 1)(name.encode())
        images = (_POINTER * 1)(image)
        outputs = (ctypes.c_char_p * 1)(self._name(37, index))
        one = ctypes.c_size_t(1)
        value = _make(
            9, self._session, _POINTER(), _address(inputs), _address(images), one, _address(outputs), one)
        extents = _extents(_make(65, value))
        data = ctypes.cast(_make(51, value), ctypes.POINTER(ctypes.c_float))
        return numpy.ctypeslib.as_array(data, extents).copy()
