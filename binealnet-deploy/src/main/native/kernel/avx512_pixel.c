/*
 * Sums of 8-bit products of a single pixel, as a fully connected layer has it: a tile would repeat
 * it, and here the time goes into reading each weight once, in the order in which they lie.
 */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

enum { LANES = 16 };

/* channels / 16 vectors of sums, which stay in registers. */
#define MULTIPLY(VECTORS)                                                              \
  static void multiply##VECTORS(                                                       \
      const uint8_t* x, int32_t depth, const int8_t* weights, const int32_t* start,    \
      int32_t* sums) {                                                                 \
    __m512i acc[VECTORS];                                                              \
    _Pragma("GCC unroll 6") for (int n = 0; n < VECTORS; n++) {                        \
      acc[n] = _mm512_loadu_si512(start + n * LANES);                                  \
    }                                                                                  \
    for (int32_t k = 0; k < depth; k += 4, weights += 64 * VECTORS) {                  \
      int32_t word;                                                                    \
      memcpy(&word, x + k, sizeof word);                                               \
      __m512i v = _mm512_set1_epi32(word);                                             \
      _Pragma("GCC unroll 6") for (int n = 0; n < VECTORS; n++) {                      \
        acc[n] = _mm512_dpbusd_epi32(acc[n], v, _mm512_loadu_si512(weights + 64 * n)); \
      }                                                                                \
    }                                                                                  \
    _Pragma("GCC unroll 6") for (int n = 0; n < VECTORS; n++) {                        \
      _mm512_storeu_si512(sums + n * LANES, acc[n]);                                   \
    }                                                                                  \
  }

MULTIPLY(2)
MULTIPLY(4)
MULTIPLY(6)

void bn_u8_gemm_i32_1x32__avx512(
    const void* patch, int32_t depth, const void* weights, int32_t channels, const int32_t* start,
    int32_t* sums) {
  if (channels == 6 * LANES) {
    multiply6(patch, depth, weights, start, sums);
  } else if (channels == 4 * LANES) {
    multiply4(patch, depth, weights, start, sums);
  } else {
    multiply2(patch, depth, weights, start, sums);
  }
}
