/*
 * Sums of signs by table: a nibble of the input selects the table popcount(nibble ^ w) of 16 bytes,
 * which vpshufb looks up for the nibbles w of 32 filters at once. Two instructions for 128 products.
 *
 * An activation byte adds at most 8 to a byte, so bytes are widened after 31 of them. The widened
 * totals are kept as 16-bit sums of byte pairs (low + 256 high, modulo 2^16) and of the high bytes
 * alone; both follow from them.
 */
#include "avx2.h"

#include <immintrin.h>

enum { MOST_BYTES = 31, ROW = 32 /* the tables of a byte: low nibble, high nibble */ };

/* Keeps the compiler from reassociating accumulators, which makes it spill. */
#define KEEP(x) __asm__("" : "+x"(x))

#define T(b, w) (uint8_t)((((b) ^ (w)) & 1) + (((b) ^ (w)) >> 1 & 1) + (((b) ^ (w)) >> 2 & 1) + (((b) ^ (w)) >> 3 & 1))
#define N16(b) T(b, 0), T(b, 1), T(b, 2), T(b, 3), T(b, 4), T(b, 5), T(b, 6), T(b, 7), \
    T(b, 8), T(b, 9), T(b, 10), T(b, 11), T(b, 12), T(b, 13), T(b, 14), T(b, 15)
#define ENTRY(b) N16((b) & 15), N16((b) >> 4)
#define E4(b) ENTRY(b), ENTRY((b) + 1), ENTRY((b) + 2), ENTRY((b) + 3)
#define E16(b) E4(b), E4((b) + 4), E4((b) + 8), E4((b) + 12)
#define E64(b) E16(b), E16((b) + 16), E16((b) + 32), E16((b) + 48)

static const _Alignas(BN_ALIGNMENT) uint8_t table[256 * ROW] = {E64(0), E64(64), E64(128), E64(192)};

static inline __attribute__((always_inline)) __m256i lookup(const uint8_t* row) {
  return _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i*)row));
}

/* 32 sums base - 2 * count in the order of channels. */
static inline __attribute__((always_inline)) void store_sums(
    __m256i pairs, __m256i high, __m256i base, int16_t* sums) {
  __m256i low = _mm256_sub_epi16(pairs, _mm256_slli_epi16(high, 8));
  low = _mm256_sub_epi16(base, _mm256_add_epi16(low, low));
  high = _mm256_sub_epi16(base, _mm256_add_epi16(high, high));
  __m256i a = _mm256_unpacklo_epi16(low, high);
  __m256i b = _mm256_unpackhi_epi16(low, high);
  _mm256_storeu_si256((__m256i*)sums, _mm256_permute2x128_si256(a, b, 0x20));
  _mm256_storeu_si256((__m256i*)(sums + 16), _mm256_permute2x128_si256(a, b, 0x31));
}

#define EACH_PIXEL(P) _Pragma("GCC unroll 8") for (int p = 0; p < P; p++)
#define EACH_VECTOR(N) _Pragma("GCC unroll 8") for (int n = 0; n < N; n++)

/* One nibble of `P` pixels against 32 N filters. */
#define ADD_NIBBLE(P, N, WEIGHTS, HALF)                                            \
  do {                                                                             \
    __m256i w[N];                                                                  \
    EACH_VECTOR(N) {                                                               \
      w[n] = _mm256_load_si256((const __m256i*)((WEIGHTS) + 32 * n));              \
      KEEP(w[n]);                                                                  \
    }                                                                              \
    EACH_PIXEL(P) {                                                                \
      __m256i t = lookup(table + at[p] + (HALF));                                  \
      EACH_VECTOR(N) {                                                             \
        acc[p][n] = _mm256_add_epi8(acc[p][n], _mm256_shuffle_epi8(t, w[n]));      \
        KEEP(acc[p][n]);                                                           \
      }                                                                            \
    }                                                                              \
  } while (0)

/* Widens the bytes into the totals and starts them anew. */
#define WIDEN(P, N)                                                                \
  do {                                                                             \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                 \
      pairs[p][n] = _mm256_add_epi16(pairs[p][n], acc[p][n]);                      \
      high[p][n] = _mm256_add_epi16(high[p][n], _mm256_srli_epi16(acc[p][n], 8));  \
      acc[p][n] = _mm256_setzero_si256();                                          \
    }                                                                              \
    left = MOST_BYTES;                                                             \
  } while (0)

#define GEMM(NAME, P, N)                                                           \
  void NAME(                                                                       \
      const uint8_t* const* rows, int32_t segments, int32_t run,                   \
      const uint8_t* weights, int32_t base, void* sums) {                          \
    __m256i acc[P][N], pairs[P][N], high[P][N];                                    \
    int32_t left = MOST_BYTES;                                                     \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                 \
      acc[p][n] = pairs[p][n] = high[p][n] = _mm256_setzero_si256();               \
    }                                                                              \
    for (int32_t s = 0; s < segments; s++, rows += P) {                            \
      const uint8_t* x[P];                                                         \
      EACH_PIXEL(P) x[p] = rows[p];                                                \
      for (int32_t k = 0; k < run;) {                                              \
        int32_t end = run - k < left ? run : k + left;                             \
        left -= end - k;                                                           \
        for (; k < end; k++, weights += 64 * N) {                                  \
          size_t at[P];                                                            \
          EACH_PIXEL(P) at[p] = (size_t)x[p][k] * ROW;                             \
          ADD_NIBBLE(P, N, weights, 0);                                            \
          ADD_NIBBLE(P, N, weights + 32 * N, ROW / 2);                             \
        }                                                                          \
        if (left == 0) WIDEN(P, N);                                                \
      }                                                                            \
    }                                                                              \
    WIDEN(P, N);                                                                   \
    (void)left;                                                                    \
    __m256i all = _mm256_set1_epi16((int16_t)base);                                \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                 \
      store_sums(pairs[p][n], high[p][n], all, (int16_t*)sums + (p * N + n) * 32); \
    }                                                                              \
  }

GEMM(bn_b1_gemm_i16_4x32__avx2, 4, 1)
GEMM(bn_b1_gemm_i16_4x64__avx2, 4, 2)
GEMM(bn_b1_gemm_i16_3x96__avx2, 3, 3)

/* [bytes][low, high nibble][channels], a nibble in each byte. */
void bn_pack_nibbles__avx2(
    const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed) {
  for (size_t k = 0; k < bytes; k++) {
    for (int shift = 0; shift < 8; shift += 4) {
      for (int32_t o = 0; o < channels; o++) {
        *packed++ = weights[(size_t)o * bytes + k] >> shift & 15;
      }
    }
  }
}
