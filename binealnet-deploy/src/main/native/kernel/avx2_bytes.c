/* Products of int16 pairs by vpmaddwd: exact, where vpmaddubsw would saturate. */
#include "avx2.h"

#include <immintrin.h>
#include <string.h>

enum { PIXELS = 4, LANES = 8 };

static inline __m256i pair(const int16_t* x) {
  int32_t both;
  memcpy(&both, x, sizeof both);
  return _mm256_set1_epi32(both);
}

/* 16 channels: `weights`, `start` and `sums` point to the first of them. */
static void multiply16(
    const int16_t* x, int32_t stride, int32_t depth, const int16_t* weights, int32_t channels,
    const int32_t* start, int32_t start_stride, int32_t* sums) {
  __m256i acc[PIXELS][2];
#pragma GCC unroll 4
  for (int p = 0; p < PIXELS; p++) {
    acc[p][0] = _mm256_loadu_si256((const __m256i*)(start + p * start_stride));
    acc[p][1] = _mm256_loadu_si256((const __m256i*)(start + p * start_stride + LANES));
  }
  for (int32_t k = 0; k < depth; k += 2, weights += 2 * channels) {
    __m256i a = _mm256_loadu_si256((const __m256i*)weights);
    __m256i b = _mm256_loadu_si256((const __m256i*)(weights + 2 * LANES));
#pragma GCC unroll 4
    for (int p = 0; p < PIXELS; p++) {
      __m256i v = pair(x + p * stride + k);
      acc[p][0] = _mm256_add_epi32(acc[p][0], _mm256_madd_epi16(v, a));
      acc[p][1] = _mm256_add_epi32(acc[p][1], _mm256_madd_epi16(v, b));
    }
  }
#pragma GCC unroll 4
  for (int p = 0; p < PIXELS; p++) {
    _mm256_storeu_si256((__m256i*)(sums + p * channels), acc[p][0]);
    _mm256_storeu_si256((__m256i*)(sums + p * channels + LANES), acc[p][1]);
  }
}

void bn_s16_gemm_i32_4x16__avx2(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums) {
  for (int32_t o = 0; o < used; o += 2 * LANES) {
    multiply16(patch, stride, depth, (const int16_t*)weights + 2 * o, channels, start + o,
               start_stride, sums + o);
  }
}

/* [depth / 2][channels][2] int16. */
void bn_pack_pairs__avx2(const int8_t* weights, int32_t channels, int32_t depth, void* packed) {
  int16_t* to = packed;
  for (int32_t k = 0; k < depth; k += 2) {
    for (int32_t o = 0; o < channels; o++) {
      const int8_t* from = weights + (size_t)o * (size_t)depth + (size_t)k;
      *to++ = from[0];
      *to++ = k + 1 < depth ? from[1] : 0;
    }
  }
}
