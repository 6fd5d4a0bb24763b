/*
 * Sums of 8-bit products of a few filters, such as a last layer of one or four outputs: 64 products of
 * one pixel and one filter at a time, where the tiles for 16 filters would multiply by zeros.
 */
#include "avx512.h"

#include <immintrin.h>

enum { PIXELS = 8 };

/* The sums of the lanes of four vectors. */
static inline __m128i sum_lanes(const __m512i* v) {
  __m256i half[BN_FEW];
#pragma GCC unroll 4
  for (int o = 0; o < BN_FEW; o++) {
    half[o] = _mm256_add_epi32(_mm512_castsi512_si256(v[o]), _mm512_extracti64x4_epi64(v[o], 1));
  }
  __m256i both = _mm256_hadd_epi32(
      _mm256_hadd_epi32(half[0], half[1]), _mm256_hadd_epi32(half[2], half[3]));
  return _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
}

void bn_u8_gemm_i32_8x4__avx512(
    const void* patch, int32_t stride, int32_t depth, const int8_t* weights, int32_t pitch,
    const int32_t* start, int32_t start_stride, int32_t* sums) {
  const uint8_t* x = patch;
  for (int p = 0; p < PIXELS; p++, x += stride, start += start_stride, sums += BN_BLOCK) {
    __m512i acc[BN_FEW] = {_mm512_setzero_si512(), _mm512_setzero_si512(),
                           _mm512_setzero_si512(), _mm512_setzero_si512()};
    for (int32_t k = 0; k < depth; k += BN_FEW_GROUP) {
      __m512i values = _mm512_loadu_si512(x + k);
#pragma GCC unroll 4
      for (int o = 0; o < BN_FEW; o++) {
        const int8_t* w = weights + o * pitch + k;
        acc[o] = _mm512_dpbusd_epi32(acc[o], values, _mm512_loadu_si512(w));
      }
    }
    __m128i begin = _mm_loadu_si128((const __m128i*)start);
    _mm_storeu_si128((__m128i*)sums, _mm_add_epi32(begin, sum_lanes(acc)));
  }
}
