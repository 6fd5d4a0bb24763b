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

void bn_pool_row(
    const bn_backend* backend, bn_pool_kind kind, const bn_pool* pool, const void* x, void* y,
    int64_t row) {
  backend->pools[kind](pool, x, y, row);
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
