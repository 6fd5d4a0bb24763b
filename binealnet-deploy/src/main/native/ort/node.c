#include "node.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

OrtStatus* node_error(const operator_def* op, const char* format, ...) {
  char text[BN_ERROR_LENGTH + 64];
  int length = snprintf(text, sizeof text, "%s: ", op->name);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text + length, sizeof text - (size_t)length, format, arguments);
  va_end(arguments);
  return ort->CreateStatus(ORT_INVALID_ARGUMENT, text);
}

static OrtStatus* missing(const operator_def* op, const char* name, OrtStatus* cause) {
  ort->ReleaseStatus(cause);
  return node_error(op, "attribute '%s' is missing or of the wrong type", name);
}

static OrtStatus* narrow(
    const operator_def* op, const char* name, int64_t value, int32_t min, int32_t max,
    int32_t* out) {
  if (value < min || value > max) {
    return node_error(op, "attribute '%s' must be from %d to %d, got %lld", name, min, max,
                      (long long)value);
  }
  *out = (int32_t)value;
  return NULL;
}

OrtStatus* node_int(
    const operator_def* op, const OrtKernelInfo* info, const char* name, int32_t min, int32_t max,
    int32_t* value) {
  int64_t wide;
  OrtStatus* status = ort->KernelInfoGetAttribute_int64(info, name, &wide);
  return status ? missing(op, name, status) : narrow(op, name, wide, min, max, value);
}

OrtStatus* node_real(
    const operator_def* op, const OrtKernelInfo* info, const char* name, float* value) {
  OrtStatus* status = ort->KernelInfoGetAttribute_float(info, name, value);
  return status ? missing(op, name, status) : NULL;
}

OrtStatus* node_ints(
    const operator_def* op, const OrtKernelInfo* info, const char* name, size_t count,
    int32_t* values) {
  int64_t wide[RANK];
  size_t actual = 0;
  OrtStatus* status = ort->KernelInfoGetAttributeArray_int64(info, name, NULL, &actual);
  if (status) return missing(op, name, status);
  if (actual != count) {
    return node_error(op, "attribute '%s' must have %zu values, got %zu", name, count, actual);
  }
  status = ort->KernelInfoGetAttributeArray_int64(info, name, wide, &actual);
  if (status) return missing(op, name, status);
  for (size_t i = 0; i < count; i++) {
    TRY(narrow(op, name, wide[i], INT32_MIN, INT32_MAX, &values[i]));
  }
  return NULL;
}

bool node_has_ints(const OrtKernelInfo* info, const char* name) {
  size_t count = 0;
  OrtStatus* status = ort->KernelInfoGetAttributeArray_int64(info, name, NULL, &count);
  if (status) ort->ReleaseStatus(status);
  return !status;
}

OrtStatus* node_keep(const operator_def* op, const void* kernel, size_t size, void** out) {
  *out = malloc(size);
  if (!*out) return node_error(op, "not enough memory");
  memcpy(*out, kernel, size);
  return NULL;
}

static OrtStatus* extents(
    const operator_def* op, const OrtValue* value, const char* name, size_t rank, tensor* out) {
  OrtTensorTypeAndShapeInfo* shape;
  TRY(ort->GetTensorTypeAndShape(value, &shape));
  OrtStatus* status = ort->GetDimensionsCount(shape, &out->rank);
  if (!status && out->rank != rank) {
    status = node_error(op, "%s must have %zu dimensions, got %zu", name, rank, out->rank);
  }
  if (!status) status = ort->GetDimensions(shape, out->dims, rank);
  if (!status) status = ort->GetTensorElementType(shape, &out->type);
  ort->ReleaseTensorTypeAndShapeInfo(shape);
  return status;
}

static OrtStatus* read(
    const operator_def* op, const OrtValue* value, const char* name, size_t rank, tensor* out) {
  TRY(extents(op, value, name, rank, out));
  return ort->GetTensorMutableData((OrtValue*)value, &out->data);
}

OrtStatus* node_constant(
    const operator_def* op, const OrtKernelInfo* info, size_t index, const char* name, size_t rank,
    tensor* out) {
  int is_constant = 0;
  const OrtValue* value = NULL;
  TRY(ort->KernelInfoGetConstantInput_tensor(info, index, &is_constant, &value));
  if (!is_constant || !value) return node_error(op, "%s must be an initializer", name);
  return read(op, value, name, rank, out);
}

OrtStatus* node_vector(
    const operator_def* op, const OrtKernelInfo* info, size_t index, const char* name,
    int64_t length, const void** data) {
  tensor t;
  TRY(node_constant(op, info, index, name, 1, &t));
  if (t.dims[0] != length) {
    return node_error(op, "%s must have %lld values, got %lld", name, (long long)length,
                      (long long)t.dims[0]);
  }
  *data = t.data;
  return NULL;
}

OrtStatus* node_input(
    const operator_def* op, const OrtKernelContext* context, size_t index, const char* name,
    size_t rank, tensor* out) {
  const OrtValue* value = NULL;
  TRY(ort->KernelContext_GetInput(context, index, &value));
  if (!value) return node_error(op, "%s is missing", name);
  return read(op, value, name, rank, out);
}

OrtStatus* node_output(
    OrtKernelContext* context, size_t index, int64_t n, int64_t h, int64_t w, int64_t c,
    void** data) {
  int64_t dims[RANK] = {n, h, w, c};
  OrtValue* value = NULL;
  *data = NULL;
  TRY(ort->KernelContext_GetOutput(context, index, dims, RANK, &value));
  return ort->GetTensorMutableData(value, data);
}

OrtStatus* node_parallel(
    const OrtKernelContext* context, void (*task)(void* data, size_t index), int64_t total,
    void* data) {
  if (total > 1) return ort->KernelContext_ParallelFor(context, task, (size_t)total, 0, data);
  if (total == 1) task(data, 0);
  return NULL;
}
