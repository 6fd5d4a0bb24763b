/* Binarize, StreamBinarize, Unbinarize: one pixel at a time. */
#include <stdlib.h>

#include "node.h"

enum { BINARIZE, STREAM_BINARIZE, UNBINARIZE, CHUNK_VALUES = 1 << 15 };

typedef struct {
  const operator_def* op;
  int32_t channels; /* of Unbinarize */
} pixel_kernel;

/* A run over the pixels. */
typedef struct {
  int kind;
  const void* x;
  const void* thresholds;
  void* y;
  int32_t channels; /* read or, for Unbinarize, written */
  int64_t pixels, chunk;
} job;

static int32_t padded(int32_t channels) { return (channels + BN_BLOCK - 1) / BN_BLOCK * BN_BLOCK; }

static OrtStatus* create(const operator_def* op, const OrtKernelInfo* info, void** out) {
  pixel_kernel kernel = {.op = op};
  if (op->kind == UNBINARIZE) TRY(node_int(op, info, "channels", 1, 1 << 20, &kernel.channels));
  return node_keep(op, &kernel, sizeof kernel, out);
}

static void run_chunk(void* data, size_t index) {
  const job* j = data;
  int64_t from = (int64_t)index * j->chunk;
  int64_t count = j->pixels - from < j->chunk ? j->pixels - from : j->chunk;
  int64_t values = from * j->channels;
  int64_t bytes = from * (padded(j->channels) / 8);
  if (j->kind == BINARIZE) {
    bn_binarize(ort_backend, (const float*)j->x + values, j->thresholds, j->channels, count,
                (uint8_t*)j->y + bytes);
  } else if (j->kind == STREAM_BINARIZE) {
    bn_stream_binarize(ort_backend, (const int8_t*)j->x + values, j->thresholds, j->channels,
                       count, (uint8_t*)j->y + bytes);
  } else {
    bn_unbinarize((const uint8_t*)j->x + bytes, j->channels, count, (float*)j->y + values);
  }
}

static OrtStatus* check_channels(const pixel_kernel* k, const tensor* x, job* j) {
  int64_t last = x->dims[3];
  if (last < 1 || last > 1 << 20) {
    return node_error(k->op, "the last dimension of X must be from 1 to 2^20, got %lld",
                      (long long)last);
  }
  if (k->op->kind == UNBINARIZE) {
    j->channels = k->channels;
    if (last == padded(k->channels) / 8) return NULL;
    return node_error(k->op, "the last dimension of X must be %d for %d channels, got %lld",
                      padded(k->channels) / 8, k->channels, (long long)last);
  }
  j->channels = (int32_t)last;
  if (k->op->kind == STREAM_BINARIZE && last % BN_BLOCK) {
    return node_error(k->op, "the last dimension of X must be a multiple of %d, got %lld",
                      BN_BLOCK, (long long)last);
  }
  return NULL;
}

static OrtStatus* read_thresholds(
    const pixel_kernel* k, const OrtKernelContext* context, job* j) {
  if (k->op->kind == UNBINARIZE) return NULL;
  tensor t;
  TRY(node_input(k->op, context, 1, "T", 1, &t));
  if (t.dims[0] != j->channels) {
    return node_error(k->op, "T must have %d values, got %lld", j->channels, (long long)t.dims[0]);
  }
  j->thresholds = t.data;
  return NULL;
}

static OrtStatus* ORT_CALL compute(void* kernel, OrtKernelContext* context) {
  const pixel_kernel* k = kernel;
  job j = {.kind = k->op->kind};
  tensor x;
  TRY(node_input(k->op, context, 0, "X", RANK, &x));
  TRY(check_channels(k, &x, &j));
  TRY(read_thresholds(k, context, &j));
  int64_t last = k->op->kind == UNBINARIZE ? j.channels : padded(j.channels) / 8;
  TRY(node_output(context, 0, x.dims[0], x.dims[1], x.dims[2], last, &j.y));
  j.x = x.data;
  j.pixels = x.dims[0] * x.dims[1] * x.dims[2];
  j.chunk = CHUNK_VALUES / j.channels + 1;
  return node_parallel(context, run_chunk, (j.pixels + j.chunk - 1) / j.chunk, &j);
}

#define FUNCTIONS .create = create, .compute = compute, .destroy = free

operator_def pixel_operators[] = {
    {.name = "Binarize", .kind = BINARIZE, .inputs = {ORT_FLOAT, ORT_FLOAT}, .input_count = 2,
     .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},
    {.name = "StreamBinarize", .kind = STREAM_BINARIZE, .inputs = {ORT_INT8, ORT_INT32},
     .input_count = 2, .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},
    {.name = "Unbinarize", .kind = UNBINARIZE, .inputs = {ORT_UINT8}, .input_count = 1,
     .outputs = {ORT_FLOAT}, .output_count = 1, FUNCTIONS},
    {.name = NULL}};
