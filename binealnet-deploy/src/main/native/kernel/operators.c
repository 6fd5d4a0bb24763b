/* The operators between convolutions. */
#include "internal.h"

#include <string.h>

void bn_binarize(
    const bn_backend* backend, const float* x, const float* thresholds, int32_t channels,
    int64_t pixels, uint8_t* y) {
  backend->binarize(x, thresholds, channels, pixels, y);
}

void bn_stream_binarize(
    const bn_backend* backend, const int8_t* x, const int32_t* thresholds, int32_t channels,
    int64_t pixels, uint8_t* y) {
  backend->stream_binarize(x, thresholds, channels, pixels, y);
}

void bn_unbinarize(const uint8_t* x, int32_t channels, int64_t pixels, float* y) {
  int64_t bytes = bn_ceil_div(channels, BN_BLOCK) * BN_BLOCK / 8;
  for (int64_t i = 0; i < pixels; i++, x += bytes, y += channels) {
    for (int32_t c = 0; c < channels; c++) y[c] = x[c / 8] >> c % 8 & 1 ? -1.0f : 1.0f;
  }
}

/* The taps of one output pixel that lie inside the image. */
typedef struct {
  int64_t first_row, end_row, first_column, end_column;
} extent;

static extent inside(const bn_pool* pool, int64_t y, int64_t x) {
  const bn_window* w = &pool->window;
  int64_t top = y * w->stride_h - w->pad_top;
  int64_t left = x * w->stride_w - w->pad_left;
  extent e = {bn_max(top, 0), bn_min(top + w->kernel_h, pool->in_h), bn_max(left, 0),
              bn_min(left + w->kernel_w, pool->in_w)};
  return e;
}

typedef void (*fold)(void* result, const void* tap, int32_t bytes);

static void fold_bits(void* result, const void* tap, int32_t bytes) {
  for (int32_t b = 0; b < bytes; b++) ((uint8_t*)result)[b] &= ((const uint8_t*)tap)[b];
}

static void fold_int8(void* result, const void* tap, int32_t bytes) {
  int8_t* best = result;
  const int8_t* q = tap;
  for (int32_t b = 0; b < bytes; b++) best[b] = q[b] > best[b] ? q[b] : best[b];
}

static void pool_row(const bn_pool* pool, const uint8_t* x, uint8_t* y, int64_t row, fold f) {
  const uint8_t* image = x + row / pool->out_h * pool->in_h * pool->in_w * pool->bytes;
  uint8_t* out = y + row * pool->out_w * pool->bytes;
  for (int64_t column = 0; column < pool->out_w; column++, out += pool->bytes) {
    extent e = inside(pool, row % pool->out_h, column);
    bool first = true;
    for (int64_t r = e.first_row; r < e.end_row; r++) {
      for (int64_t c = e.first_column; c < e.end_column; c++, first = false) {
        const uint8_t* tap = image + (r * pool->in_w + c) * pool->bytes;
        if (first) {
          memcpy(out, tap, (size_t)pool->bytes);
        } else {
          f(out, tap, pool->bytes);
        }
      }
    }
  }
}

void bn_max_pool_bits(const bn_pool* pool, const uint8_t* x, uint8_t* y, int64_t row) {
  pool_row(pool, x, y, row, fold_bits);
}

void bn_max_pool_int8(const bn_pool* pool, const int8_t* x, int8_t* y, int64_t row) {
  pool_row(pool, (const uint8_t*)x, (uint8_t*)y, row, fold_int8);
}

/* Adds up to BN_BLOCK channels of a window. */
static void add_window(
    const bn_pool* pool, const int8_t* corner, int32_t channels, int32_t* sums) {
  memset(sums, 0, sizeof *sums * BN_BLOCK);
  for (int32_t ky = 0; ky < pool->window.kernel_h; ky++) {
    for (int32_t kx = 0; kx < pool->window.kernel_w; kx++) {
      const int8_t* tap = corner + (ky * pool->in_w + kx) * pool->bytes;
      for (int32_t c = 0; c < channels; c++) sums[c] += tap[c];
    }
  }
}

void bn_average_pool_int8(const bn_pool* pool, const int8_t* x, int8_t* y, int64_t row) {
  const bn_window* w = &pool->window;
  const int8_t* image = x + row / pool->out_h * pool->in_h * pool->in_w * pool->bytes;
  const int8_t* line = image + row % pool->out_h * w->stride_h * pool->in_w * pool->bytes;
  int8_t* out = y + row * pool->out_w * pool->bytes;
  float taps = (float)(w->kernel_h * w->kernel_w);
  for (int64_t column = 0; column < pool->out_w; column++, out += pool->bytes) {
    const int8_t* corner = line + column * w->stride_w * pool->bytes;
    for (int32_t from = 0; from < pool->bytes; from += BN_BLOCK) {
      int32_t sums[BN_BLOCK];
      int32_t channels = (int32_t)bn_min(BN_BLOCK, pool->bytes - from);
      add_window(pool, corner + from, channels, sums);
      for (int32_t c = 0; c < channels; c++) {
        out[from + c] = (int8_t)bn_round((float)sums[c] / taps);
      }
    }
  }
}

void bn_upsample(
    const uint8_t* x, uint8_t* y, int64_t row, int64_t in_w, int32_t bytes, int32_t factor_h,
    int32_t factor_w) {
  const uint8_t* from = x + row / factor_h * in_w * bytes;
  uint8_t* to = y + row * in_w * factor_w * bytes;
  for (int64_t column = 0; column < in_w; column++, from += bytes) {
    for (int32_t i = 0; i < factor_w; i++, to += bytes) memcpy(to, from, (size_t)bytes);
  }
}
