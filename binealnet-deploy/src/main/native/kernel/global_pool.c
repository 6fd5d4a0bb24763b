/* Averages over whole images: exact integer sums of 32 channels at a time, then one rounding. */
#include "internal.h"

/* clip(rint(v), -128, 127) without a branch, so that compilers turn loops over it into vectors. */
static inline int8_t level(float v) {
  v = v < -128.0f ? -128.0f : v;
  v = v > 127.0f ? 127.0f : v;
  return (int8_t)bn_round(v);
}

static inline void store(const int32_t* sums, float factor, int8_t* y) {
  for (int32_t c = 0; c < BN_BLOCK; c++) y[c] = level((float)sums[c] * factor);
}

void bn_global_pool_int8(
    const bn_backend* backend, const int8_t* x, int64_t pixels, int32_t channels, float factor,
    int8_t* y) {
  for (int32_t c = 0; c < channels; c += BN_BLOCK) {
    int32_t sums[BN_BLOCK];
    backend->sum_int8(x + c, pixels, channels, sums);
    store(sums, factor, y + c);
  }
}

void bn_global_pool_bits(
    const bn_backend* backend, const uint8_t* x, int64_t pixels, int32_t channels, float factor,
    int8_t* y) {
  int64_t bytes = bn_ceil_div(channels, BN_BLOCK) * BN_BLOCK / 8;
  for (int32_t c = 0; c < channels; c += BN_BLOCK) {
    int32_t sums[BN_BLOCK];
    backend->count_bits(x + c / 8, pixels, bytes, sums);
    for (int32_t i = 0; i < BN_BLOCK; i++) {
      sums[i] = c + i < channels ? (int32_t)pixels - 2 * sums[i] : 0;
    }
    store(sums, factor, y + c);
  }
}

void bn_s8_sum_i32_1x32__scalar(
    const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums) {
  for (int32_t c = 0; c < BN_BLOCK; c++) sums[c] = 0;
  for (int64_t i = 0; i < pixels; i++, x += stride) {
    for (int32_t c = 0; c < BN_BLOCK; c++) sums[c] += x[c];
  }
}

void bn_b1_count_i32_1x32__scalar(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts) {
  for (int32_t c = 0; c < BN_BLOCK; c++) counts[c] = 0;
  for (int64_t i = 0; i < pixels; i++, x += stride) {
    for (int32_t c = 0; c < BN_BLOCK; c++) counts[c] += x[c / 8] >> c % 8 & 1;
  }
}
