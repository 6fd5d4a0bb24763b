/* The operators between convolutions. */
#include "internal.h"
#include "marks.h"

#include <string.h>

enum { STRIP = 128 }; /* pixels of planes that are packed together */

const bn_mark_fn bn_marks__portable[BN_NUMBERS] = {bn_mark_reals, bn_mark_pixels};

void bn_binarize(
    const bn_backend* backend, bn_number_kind kind, const void* x, const float* thresholds,
    int32_t channels, int64_t pixels, uint8_t* y) {
  backend->binarize[kind](x, thresholds, channels, pixels, y);
}

static void store_words(const uint32_t* words, int32_t count, int64_t step, uint8_t* y) {
  for (int32_t p = 0; p < count; p++, y += step) {
    for (int i = 0; i < 4; i++) y[i] = (uint8_t)(words[p] >> 8 * i);
  }
}

void bn_binarize_planes(
    const bn_backend* backend, bn_number_kind kind, const void* x, const float* thresholds,
    int32_t channels, int64_t plane, int64_t pixels, uint8_t* y) {
  int64_t bytes = bn_ceil_div(channels, BN_BLOCK) * BN_BLOCK / 8;
  for (int64_t at = 0; at < pixels; at += STRIP) {
    int32_t count = (int32_t)bn_min(STRIP, pixels - at);
    for (int32_t first = 0; first < channels; first += BN_BLOCK) {
      uint32_t words[STRIP] = {0};
      int32_t end = (int32_t)bn_min(channels, first + BN_BLOCK);
      for (int32_t c = first; c < end; c++) {
        uint32_t bit = UINT32_C(1) << (c - first);
        backend->marks[kind](x, c * plane + at, thresholds[c], bit, count, words);
      }
      store_words(words, count, bytes, y + at * bytes + first / 8);
    }
  }
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

void bn_depth_to_space(
    const float* x, float* y, int64_t row, int64_t in_w, int32_t channels, int32_t factor) {
  int64_t run = (int64_t)factor * channels; /* a pixel's numbers that lie in one row of y */
  const float* from = x + (row / factor * in_w * factor + row % factor) * run;
  float* to = y + row * in_w * run;
  for (int64_t column = 0; column < in_w; column++, from += factor * run, to += run) {
    for (int64_t i = 0; i < run; i++) to[i] = from[i];
  }
}
