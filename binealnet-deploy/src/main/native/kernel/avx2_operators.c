/* Pixelwise operators. */
#include "avx2.h"

#include <immintrin.h>
#include <string.h>

static uint32_t less8(const float* x, const float* thresholds) {
  __m256 below = _mm256_cmp_ps(_mm256_loadu_ps(x), _mm256_loadu_ps(thresholds), _CMP_LT_OQ);
  return (uint32_t)_mm256_movemask_ps(below);
}

void bn_f32_binarize_b1_1x32__avx2(
    const float* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  int32_t whole = channels / BN_BLOCK * BN_BLOCK;
  for (int64_t i = 0; i < pixels; i++, x += channels) {
    for (int32_t c = 0; c < whole; c += BN_BLOCK, y += 4) {
      uint32_t bits = 0;
      for (int j = 0; j < BN_BLOCK; j += 8) bits |= less8(x + c + j, thresholds + c + j) << j;
      memcpy(y, &bits, sizeof bits);
    }
    if (whole < channels) {
      uint32_t bits = 0;
      for (int32_t c = whole; c < channels; c++) {
        bits |= (uint32_t)(x[c] < thresholds[c]) << (c - whole);
      }
      memcpy(y, &bits, sizeof bits);
      y += 4;
    }
  }
}

/* Thresholds reach 128, so the comparison is of int32. */
void bn_s8_binarize_b1_1x32__avx2(
    const int8_t* x, const int32_t* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  for (int64_t i = 0; i < pixels; i++) {
    for (int32_t c = 0; c < channels; c += BN_BLOCK, x += BN_BLOCK, y += 4) {
      uint32_t bits = 0;
      for (int j = 0; j < BN_BLOCK; j += 8) {
        __m256i q = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i*)(x + j)));
        __m256i t = _mm256_loadu_si256((const __m256i*)(thresholds + c + j));
        __m256 below = _mm256_castsi256_ps(_mm256_cmpgt_epi32(t, q));
        bits |= (uint32_t)_mm256_movemask_ps(below) << j;
      }
      memcpy(y, &bits, sizeof bits);
    }
  }
}
