/* Binarize, StreamBinarize, Unbinarize: one pixel at a time. */
#include <stdlib.h>
#include <string.h>

#include "node.h"

enum { BINARIZE, STREAM_BINARIZE, UNBINARIZE, CHUNK_VALUES = 1 << 15 };

typedef struct {
  const operator_def* op;
  int32_t channels; /* of Unbinarize */
  bool planes;      /* of Binarize: X is NCHW */
} pixel_kernel;

/* A run over the pixels. */
typedef struct {
  int kind;
  bn_number_kind numbers; /* of Binarize */
  bool planes;
  int64_t image; /* pixels of one image */
  const void* x;
  const void* thresholds;
  void* y;
  int32_t channels; /* read or, for Unbinarize, written */
  int64_t pixels, chunk;
} job;

static int32_t padded(int32_t channels) { return (channels + BN_BLOCK - 1) / BN_BLOCK * BN_BLOCK; }

/* The order of axes in which X is NHWC; without the attribute, X is. */
static OrtStatus* read_layout(const operator_def* op, const OrtKernelInfo* info, bool* planes) {
  int32_t perm[RANK] = {0, 1, 2, 3};
  if (node_has_ints(info, "perm")) TRY(node_ints(op, info, "perm", RANK, perm));
  static const int32_t nhwc[RANK] = {0, 1, 2, 3}, nchw[RANK] = {0, 2, 3, 1};
  *planes = !memcmp(perm, nchw, sizeof perm);
  if (*planes || !memcmp(perm, nhwc, sizeof perm)) return NULL;
  return node_error(
      op, "attribute 'perm' must be 0, 1, 2, 3 for NHWC or 0, 2, 3, 1 for NCHW, got %d, %d, %d, %d",
      perm[0], perm[1], perm[2], perm[3]);
}

static OrtStatus* create(const operator_def* op, const OrtKernelInfo* info, void** out) {
  pixel_kernel kernel = {.op = op};
  if (op->kind == UNBINARIZE) TRY(node_int(op, info, "channels", 1, 1 << 20, &kernel.channels));
  if (op->kind == BINARIZE) TRY(read_layout(op, info, &kernel.planes));
  return node_keep(op, &kernel, sizeof kernel, out);
}

/* Pixels [from, from + count) of the batch, whose planes end with each image. */
static void binarize_planes(const job* j, int64_t from, int64_t count) {
  const char* x = j->x;
  int64_t size = j->numbers == BN_PIXELS ? 1 : sizeof(float);
  int64_t bytes = padded(j->channels) / 8;
  for (int64_t end = from + count, n; from < end; from += n) {
    int64_t at = from % j->image;
    n = j->image - at < end - from ? j->image - at : end - from;
    int64_t first = (from - at) * j->channels + at;
    bn_binarize_planes(ort_backend, j->numbers, x + first * size, j->thresholds, j->channels,
                       j->image, n, (uint8_t*)j->y + from * bytes);
  }
}

static void binarize(const job* j, int64_t from, int64_t count) {
  const char* x = j->x;
  int64_t size = j->numbers == BN_PIXELS ? 1 : sizeof(float);
  bn_binarize(ort_backend, j->numbers, x + from * j->channels * size, j->thresholds, j->channels,
              count, (uint8_t*)j->y + from * (padded(j->channels) / 8));
}

static void run_chunk(void* data, size_t index) {
  const job* j = data;
  int64_t from = (int64_t)index * j->chunk;
  int64_t count = j->pixels - from < j->chunk ? j->pixels - from : j->chunk;
  int64_t values = from * j->channels;
  int64_t bytes = from * (padded(j->channels) / 8);
  if (j->planes) {
    binarize_planes(j, from, count);
  } else if (j->kind == BINARIZE) {
    binarize(j, from, count);
  } else if (j->kind == STREAM_BINARIZE) {
    bn_stream_binarize(ort_backend, (const int8_t*)j->x + values, j->thresholds, j->channels,
                       count, (uint8_t*)j->y + bytes);
  } else {
    bn_unbinarize((const uint8_t*)j->x + bytes, j->channels, count, (float*)j->y + values);
  }
}

static OrtStatus* check_channels(const pixel_kernel* k, const tensor* x, job* j) {
  int64_t last = x->dims[k->planes ? 1 : 3];
  if (last < 1 || last > 1 << 20) {
    return node_error(k->op, "the %s dimension of X must be from 1 to 2^20, got %lld",
                      k->planes ? "second" : "last", (long long)last);
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

static OrtStatus* check_type(const pixel_kernel* k, const tensor* x, job* j) {
  j->numbers = x->type == ORT_UINT8 ? BN_PIXELS : BN_REALS;
  if (k->op->kind != BINARIZE || x->type == ORT_UINT8 || x->type == ORT_FLOAT) return NULL;
  return node_error(
      k->op, "X must be uint8 (%d) or float32 (%d), got element type %d of ONNX", ORT_UINT8,
      ORT_FLOAT, x->type);
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
  job j = {.kind = k->op->kind, .planes = k->planes};
  tensor x;
  TRY(node_input(k->op, context, 0, "X", RANK, &x));
  TRY(check_type(k, &x, &j));
  TRY(check_channels(k, &x, &j));
  TRY(read_thresholds(k, context, &j));
  int64_t last = k->op->kind == UNBINARIZE ? j.channels : padded(j.channels) / 8;
  const int64_t* extents = x.dims + (k->planes ? 2 : 1);
  TRY(node_output(context, 0, x.dims[0], extents[0], extents[1], last, &j.y));
  j.x = x.data;
  j.image = extents[0] * extents[1];
  j.pixels = x.dims[0] * j.image;
  j.chunk = CHUNK_VALUES / j.channels + 1;
  return node_parallel(context, run_chunk, (j.pixels + j.chunk - 1) / j.chunk, &j);
}

#define FUNCTIONS .create = create, .compute = compute, .destroy = free

operator_def pixel_operators[] = {
    {.name = "Binarize", .kind = BINARIZE, .inputs = {ORT_ANY, ORT_FLOAT}, .input_count = 2,
     .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},
    {.name = "StreamBinarize", .kind = STREAM_BINARIZE, .inputs = {ORT_INT8, ORT_INT32},
     .input_count = 2, .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},
    {.name = "Unbinarize", .kind = UNBINARIZE, .inputs = {ORT_UINT8}, .input_count = 1,
     .outputs = {ORT_FLOAT}, .output_count = 1, FUNCTIONS},
    {.name = NULL}};
