/*
 * Sums by vpopcntd (16 filters of 32 signs each) and by vpdpbusd (16 filters of 4 products each);
 * both accumulate in int32.
 */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

enum { LANES = 16 };

/* Keeps the compiler from reassociating accumulators, which makes it spill. */
#define KEEP(x) __asm__("" : "+v"(x))
#define EACH_PIXEL(P) _Pragma("GCC unroll 8") for (int p = 0; p < P; p++)
#define EACH_VECTOR(N) _Pragma("GCC unroll 8") for (int n = 0; n < N; n++)

static inline __m512i word(const uint8_t* x) {
  int32_t bits;
  memcpy(&bits, x, sizeof bits);
  return _mm512_set1_epi32(bits);
}

#define GEMM(NAME, P, N)                                                             \
  void NAME(                                                                         \
      const uint8_t* const* rows, int32_t segments, int32_t run,                     \
      const uint8_t* weights, int32_t base, void* sums) {                            \
    __m512i acc[P][N];                                                               \
    EACH_PIXEL(P) EACH_VECTOR(N) acc[p][n] = _mm512_setzero_si512();                 \
    for (int32_t s = 0; s < segments; s++, rows += P) {                              \
      for (int32_t k = 0; k < run; k += 4, weights += 64 * N) {                      \
        __m512i w[N];                                                                \
        EACH_VECTOR(N) w[n] = _mm512_load_si512(weights + 64 * n);                   \
        EACH_PIXEL(P) {                                                              \
          __m512i x = word(rows[p] + k);                                             \
          EACH_VECTOR(N) {                                                           \
            __m512i count = _mm512_popcnt_epi32(_mm512_xor_si512(x, w[n]));          \
            acc[p][n] = _mm512_add_epi32(acc[p][n], count);                          \
            KEEP(acc[p][n]);                                                         \
          }                                                                          \
        }                                                                            \
      }                                                                              \
    }                                                                                \
    __m512i all = _mm512_set1_epi32(base);                                           \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                   \
      __m512i sum = _mm512_sub_epi32(all, _mm512_slli_epi32(acc[p][n], 1));          \
      _mm512_storeu_si512((int32_t*)sums + (p * N + n) * LANES, sum);                \
    }                                                                                \
  }

GEMM(bn_b1_gemm_i32_8x32__avx512, 8, 2)
GEMM(bn_b1_gemm_i32_4x64__avx512, 4, 4)
GEMM(bn_b1_gemm_i32_4x96__avx512, 4, 6)

/* [bytes / 4][channels] words of 32 signs. */
void bn_pack_words__avx512(
    const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed) {
  for (size_t k = 0; k < bytes; k += 4) {
    for (int32_t o = 0; o < channels; o++, packed += 4) {
      memcpy(packed, weights + (size_t)o * bytes + k, 4);
    }
  }
}

enum { PIXELS = 8, VECTORS = 2 };

/* 32 channels: `weights` and `sums` point to the first of them. */
static void multiply32(
    const uint8_t* x, int32_t stride, int32_t depth, const int8_t* weights, int32_t channels,
    int32_t* sums) {
  __m512i acc[PIXELS][VECTORS];
  EACH_PIXEL(PIXELS) EACH_VECTOR(VECTORS) {
    acc[p][n] = _mm512_loadu_si512(sums + p * channels + n * LANES);
  }
  for (int32_t k = 0; k < depth; k += 4, weights += 4 * channels) {
    __m512i w[VECTORS];
    EACH_VECTOR(VECTORS) w[n] = _mm512_loadu_si512(weights + 64 * n);
    EACH_PIXEL(PIXELS) {
      __m512i v = word(x + p * stride + k);
      EACH_VECTOR(VECTORS) acc[p][n] = _mm512_dpbusd_epi32(acc[p][n], v, w[n]);
    }
  }
  EACH_PIXEL(PIXELS) EACH_VECTOR(VECTORS) {
    _mm512_storeu_si512(sums + p * channels + n * LANES, acc[p][n]);
  }
}

void bn_u8_gemm_i32_8x32__avx512(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t* sums) {
  for (int32_t o = 0; o < channels; o += BN_BLOCK) {
    multiply32(patch, stride, depth, (const int8_t*)weights + 4 * o, channels, sums + o);
  }
}

/* [depth / 4][channels][4] int8. */
void bn_pack_fours__avx512(
    const int8_t* weights, int32_t channels, int32_t depth, void* packed) {
  int8_t* to = packed;
  for (int32_t k = 0; k < depth; k += 4) {
    for (int32_t o = 0; o < channels; o++) {
      for (int32_t j = k; j < k + 4; j++) {
        *to++ = j < depth ? weights[(size_t)o * (size_t)depth + (size_t)j] : 0;
      }
    }
  }
}
