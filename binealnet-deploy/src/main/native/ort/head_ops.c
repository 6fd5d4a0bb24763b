/* BinaryGlobalAveragePool, StreamGlobalAveragePool: image by image. */
#include <math.h>
#include <stdlib.h>

#include "node.h"

enum { OF_BITS, OF_INT8, MAX_PIXELS = 1 << 16 }; /* sums stay below 2^24 */

typedef struct {
  const operator_def* op;
  int32_t channels; /* of bits, the true number */
  float factor;
} head_kernel;

typedef struct {
  const head_kernel* kernel;
  const void* x;
  int8_t* y;
  int64_t pixels;
  int32_t channels, padded;
} job;

static OrtStatus* read_attributes(
    const operator_def* op, const OrtKernelInfo* info, head_kernel* k) {
  k->op = op;
  if (op->kind == OF_BITS) TRY(node_int(op, info, "channels", 1, 1 << 20, &k->channels));
  TRY(node_real(op, info, "factor", &k->factor));
  bool valid = isfinite(k->factor) && k->factor > 0;
  return valid ? NULL : node_error(op, "attribute 'factor' must be positive and finite, got %g",
                                   (double)k->factor);
}

static OrtStatus* create(const operator_def* op, const OrtKernelInfo* info, void** out) {
  head_kernel kernel = {0};
  TRY(read_attributes(op, info, &kernel));
  return node_keep(op, &kernel, sizeof kernel, out);
}

static void run_image(void* data, size_t index) {
  const job* j = data;
  const head_kernel* k = j->kernel;
  int64_t image = (int64_t)index;
  int8_t* y = j->y + image * j->padded;
  if (k->op->kind == OF_BITS) {
    const uint8_t* x = (const uint8_t*)j->x + image * j->pixels * (j->padded / 8);
    bn_global_pool_bits(ort_backend, x, j->pixels, j->channels, k->factor, y);
  } else {
    const int8_t* x = (const int8_t*)j->x + image * j->pixels * j->padded;
    bn_global_pool_int8(ort_backend, x, j->pixels, j->channels, k->factor, y);
  }
}

static OrtStatus* check_channels(const head_kernel* k, int64_t last, job* j) {
  if (k->op->kind == OF_BITS) {
    j->channels = k->channels;
    j->padded = (k->channels + BN_BLOCK - 1) / BN_BLOCK * BN_BLOCK;
    if (last == j->padded / 8) return NULL;
    return node_error(k->op, "the last dimension of X must be %d for %d channels, got %lld",
                      j->padded / 8, k->channels, (long long)last);
  }
  if (last < BN_BLOCK || last % BN_BLOCK || last > 1 << 20) {
    return node_error(k->op, "the last dimension of X must be a multiple of %d up to 2^20, got %lld",
                      BN_BLOCK, (long long)last);
  }
  j->channels = j->padded = (int32_t)last;
  return NULL;
}

static OrtStatus* check_pixels(const head_kernel* k, const tensor* x, job* j) {
  int64_t h = x->dims[1], w = x->dims[2];
  if (h < 1 || w < 1 || h > MAX_PIXELS || w > MAX_PIXELS || h * w > MAX_PIXELS) {
    return node_error(k->op, "an image of X must have 1 to %d pixels, got %lld x %lld", MAX_PIXELS,
                      (long long)h, (long long)w);
  }
  j->pixels = h * w;
  return NULL;
}

static OrtStatus* ORT_CALL compute(void* kernel, OrtKernelContext* context) {
  const head_kernel* k = kernel;
  job j = {.kernel = k};
  tensor x;
  void* y;
  TRY(node_input(k->op, context, 0, "X", RANK, &x));
  TRY(check_channels(k, x.dims[3], &j));
  TRY(check_pixels(k, &x, &j));
  TRY(node_output(context, 0, x.dims[0], 1, 1, j.padded, &y));
  j.x = x.data;
  j.y = y;
  return node_parallel(context, run_image, x.dims[0], &j);
}

#define POOL(NAME, KIND, TYPE)                                                            \
  {.name = NAME, .kind = KIND, .inputs = {TYPE}, .input_count = 1, .outputs = {ORT_INT8}, \
   .output_count = 1, .create = create, .compute = compute, .destroy = free}

operator_def head_operators[] = {
    POOL("BinaryGlobalAveragePool", OF_BITS, ORT_UINT8),
    POOL("StreamGlobalAveragePool", OF_INT8, ORT_INT8),
    {.name = NULL}};
