/* Pixelwise operators. */
#include "avx2.h"
#include "marks.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

const bn_mark_fn bn_marks__avx2[BN_NUMBERS] = {bn_mark_reals, bn_mark_pixels};

/* Number `at` of what a binarizer reads, or 8 from there on. */
typedef float (*get)(const void* x, int64_t at);
typedef __m256 (*get8)(const void* x, int64_t at);

INLINE float real(const void* x, int64_t at) { return ((const float*)x)[at]; }
INLINE float pixel(const void* x, int64_t at) { return ((const uint8_t*)x)[at]; }

INLINE __m256 reals8(const void* x, int64_t at) { return _mm256_loadu_ps((const float*)x + at); }

INLINE __m256 pixels8(const void* x, int64_t at) {
  __m128i bytes = _mm_loadl_epi64((const __m128i*)((const uint8_t*)x + at));
  return _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(bytes));
}

INLINE uint32_t less8(__m256 x, const float* thresholds) {
  __m256 below = _mm256_cmp_ps(x, _mm256_loadu_ps(thresholds), _CMP_LT_OQ);
  return (uint32_t)_mm256_movemask_ps(below);
}

INLINE void binarize(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y, get one,
    get8 eight) {
  int32_t whole = channels / BN_BLOCK * BN_BLOCK;
  for (int64_t at = 0; at < pixels * channels; at += channels) {
    for (int32_t c = 0; c < whole; c += BN_BLOCK, y += 4) {
      uint32_t bits = 0;
      for (int j = 0; j < BN_BLOCK; j += 8) {
        bits |= less8(eight(x, at + c + j), thresholds + c + j) << j;
      }
      memcpy(y, &bits, sizeof bits);
    }
    if (whole < channels) {
      uint32_t bits = 0;
      for (int32_t c = whole; c < channels; c++) {
        bits |= (uint32_t)(one(x, at + c) < thresholds[c]) << (c - whole);
      }
      memcpy(y, &bits, sizeof bits);
      y += 4;
    }
  }
}

void bn_f32_binarize_b1_1x32__avx2(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(x, thresholds, channels, pixels, y, real, reals8);
}

void bn_u8_binarize_b1_1x32__avx2(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(x, thresholds, channels, pixels, y, pixel, pixels8);
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
