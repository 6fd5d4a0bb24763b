/* BinaryMaxPool2d, StreamMaxPool2d, StreamAveragePool2d, BinaryUpsample2d,
   StreamUpsample2d, DepthToSpace2d: row by row. */
#include <stdlib.h>

#include "node.h"

enum {
  UPSAMPLE = BN_AVERAGE_INT8 + 1,
  DEPTH_TO_SPACE,
  MAX_FACTOR = 64,
  MAX_POOL_TAPS = 1 << 16
};

typedef struct {
  const operator_def* op;
  bn_window window;
  int32_t factors[2];
} pool_kernel;

typedef struct {
  const pool_kernel* kernel;
  bn_pool pool; /* bytes: of an output pixel, or its numbers where they are real */
  const void* x;
  void* y;
} job;

static OrtStatus* check_window(const operator_def* op, const bn_window* w) {
  bn_error error;
  if (!bn_window_check(w, &error)) return node_error(op, "%s", error.text);
  if ((int64_t)w->kernel_h * w->kernel_w > MAX_POOL_TAPS) {
    return node_error(op, "the kernel has more than %d taps", MAX_POOL_TAPS);
  }
  bool pads = w->pad_top || w->pad_left || w->pad_bottom || w->pad_right;
  if (op->kind == BN_AVERAGE_INT8 && pads) return node_error(op, "an average takes no pads");
  if (w->pad_top >= w->kernel_h || w->pad_bottom >= w->kernel_h || w->pad_left >= w->kernel_w
      || w->pad_right >= w->kernel_w) {
    return node_error(op, "pads must be smaller than the kernel");
  }
  return NULL;
}

static OrtStatus* read_attributes(
    const operator_def* op, const OrtKernelInfo* info, pool_kernel* k) {
  k->op = op;
  if (op->kind == UPSAMPLE) {
    TRY(node_ints(op, info, "factors", 2, k->factors));
    bool valid = k->factors[0] >= 1 && k->factors[0] <= MAX_FACTOR && k->factors[1] >= 1
        && k->factors[1] <= MAX_FACTOR;
    return valid ? NULL : node_error(op, "factors must be from 1 to %d, got %d and %d", MAX_FACTOR,
                                     k->factors[0], k->factors[1]);
  }
  if (op->kind == DEPTH_TO_SPACE) {
    TRY(node_int(op, info, "factor", 1, MAX_FACTOR, &k->factors[0]));
    k->factors[1] = k->factors[0];
    return NULL;
  }
  int32_t kernel[2], strides[2], pads[4];
  TRY(node_ints(op, info, "kernel_shape", 2, kernel));
  TRY(node_ints(op, info, "strides", 2, strides));
  TRY(node_ints(op, info, "pads", 4, pads));
  bn_window window = {kernel[0], kernel[1], strides[0], strides[1], 1, 1,
                      pads[0], pads[1], pads[2], pads[3]};
  k->window = window;
  return check_window(op, &window);
}

static OrtStatus* create(const operator_def* op, const OrtKernelInfo* info, void** out) {
  pool_kernel kernel = {0};
  TRY(read_attributes(op, info, &kernel));
  return node_keep(op, &kernel, sizeof kernel, out);
}

static void run_row(void* data, size_t index) {
  const job* j = data;
  int64_t row = (int64_t)index;
  int kind = j->kernel->op->kind;
  if (kind == UPSAMPLE) {
    bn_upsample(j->x, j->y, row, j->pool.in_w, j->pool.bytes, j->kernel->factors[0],
                j->kernel->factors[1]);
  } else if (kind == DEPTH_TO_SPACE) {
    bn_depth_to_space(j->x, j->y, row, j->pool.in_w, j->pool.bytes, j->kernel->factors[0]);
  } else {
    bn_pool_row(ort_backend, (bn_pool_kind)kind, &j->pool, j->x, j->y, row);
  }
}

static OrtStatus* find_extents(const pool_kernel* k, const tensor* x, bn_pool* pool) {
  pool->window = k->window;
  pool->in_h = x->dims[1];
  pool->in_w = x->dims[2];
  if (x->dims[3] < 1 || x->dims[3] > 1 << 20) {
    return node_error(k->op, "the last dimension of X must be from 1 to 2^20, got %lld",
                      (long long)x->dims[3]);
  }
  pool->bytes = (int32_t)x->dims[3];
  if (k->op->kind == DEPTH_TO_SPACE) {
    int32_t block = k->factors[0] * k->factors[0];
    if (pool->bytes % block) {
      return node_error(k->op, "the last dimension of X must be a multiple of %d, got %d", block,
                        pool->bytes);
    }
    pool->bytes /= block;
  }
  if (k->op->kind >= UPSAMPLE) {
    pool->out_h = pool->in_h * k->factors[0];
    pool->out_w = pool->in_w * k->factors[1];
    return NULL;
  }
  bn_error error;
  bool fits = bn_window_output(
      &pool->window, pool->in_h, pool->in_w, &pool->out_h, &pool->out_w, &error);
  return fits ? NULL : node_error(k->op, "%s", error.text);
}

static OrtStatus* ORT_CALL compute(void* kernel, OrtKernelContext* context) {
  const pool_kernel* k = kernel;
  job j = {.kernel = k};
  tensor x;
  TRY(node_input(k->op, context, 0, "X", RANK, &x));
  TRY(find_extents(k, &x, &j.pool));
  TRY(node_output(context, 0, x.dims[0], j.pool.out_h, j.pool.out_w, j.pool.bytes, &j.y));
  j.x = x.data;
  return node_parallel(context, run_row, x.dims[0] * j.pool.out_h, &j);
}

#define FUNCTIONS .create = create, .compute = compute, .destroy = free
#define POOL(NAME, KIND, TYPE)                                                        \
  {.name = NAME, .kind = KIND, .inputs = {TYPE}, .input_count = 1, .outputs = {TYPE}, \
   .output_count = 1, FUNCTIONS}

operator_def pool_operators[] = {
    POOL("BinaryMaxPool2d", BN_MAX_BITS, ORT_UINT8),
    POOL("StreamMaxPool2d", BN_MAX_INT8, ORT_INT8),
    POOL("StreamAveragePool2d", BN_AVERAGE_INT8, ORT_INT8),
    POOL("BinaryUpsample2d", UPSAMPLE, ORT_UINT8),
    POOL("StreamUpsample2d", UPSAMPLE, ORT_INT8),
    POOL("DepthToSpace2d", DEPTH_TO_SPACE, ORT_FLOAT),
    {.name = NULL}};
