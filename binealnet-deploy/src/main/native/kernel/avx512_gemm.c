/*
 * Sums by vpopcntd (16 filters of 64 signs each) and by vpdpbusd (16 filters of 4 products each);
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

/*
 * Two words of signs for five instructions instead of six. With D[k] the parity, bit by bit, of the
 * differences x xor w of the words up to k, the differences of two words d and e that follow a
 * parity o = D[k-1] add up like in a carry-save adder: o + d + e = D[k+1] + 2 majority(o, d, e), and
 * majority(o, d, e) = D[k] ? ~D[k+1] : o. So only the carries are counted, and the last parity. The
 * parities of the inputs and of the weights are formed beforehand: D = x^ xor w^.
 */
enum { CARRY = 0x3a /* a ? ~b : c as vpternlogd numbers it */ };

/* The word of the input straight from memory; the compiler would keep it in a register and spill. */
#define XOR_WORD(OUT, W, X) __asm__("vpxord %2%{1to16%}, %1, %0" : "=v"(OUT) : "v"(W), "m"(X))

/* Counts half the differences of `words` words into acc, and leaves the last parity in last. */
#define COUNT_CARRIES(P, N)                                                               \
  __m512i acc[P][N], last[P][N];                                                          \
  const uint32_t* x[P];                                                                   \
  EACH_PIXEL(P) {                                                                         \
    x[p] = parities + (size_t)p * (size_t)stride;                                         \
    EACH_VECTOR(N) acc[p][n] = last[p][n] = _mm512_setzero_si512();                       \
  }                                                                                       \
  for (int32_t k = 0; k < words; k += 2, weights += 128 * N) {                            \
    ptrdiff_t i = offsets[k], j = offsets[k + 1];                                         \
    EACH_VECTOR(N) {                                                                      \
      __m512i w = _mm512_load_si512(weights + 64 * n);                                    \
      __m512i v = _mm512_load_si512(weights + 64 * N + 64 * n);                           \
      KEEP(w);                                                                            \
      KEEP(v);                                                                            \
      EACH_PIXEL(P) {                                                                     \
        __m512i a, b;                                                                     \
        XOR_WORD(a, w, x[p][i]);                                                          \
        XOR_WORD(b, v, x[p][j]);                                                          \
        __m512i carry = _mm512_ternarylogic_epi32(a, b, last[p][n], CARRY);               \
        last[p][n] = b;                                                                   \
        KEEP(last[p][n]);                                                                 \
        acc[p][n] = _mm512_add_epi32(acc[p][n], _mm512_popcnt_epi32(carry));              \
        KEEP(acc[p][n]);                                                                  \
      }                                                                                   \
    }                                                                                     \
  }

static inline __attribute__((always_inline)) __m512i differences(__m512i carries, __m512i last) {
  return _mm512_add_epi32(_mm512_add_epi32(carries, carries), _mm512_popcnt_epi32(last));
}

#define SUMS(NAME, P, N)                                                                  \
  void NAME(                                                                              \
      const uint32_t* parities, int32_t stride, const int32_t* offsets, int32_t words,    \
      const uint8_t* weights, int32_t base, int32_t* sums) {                              \
    COUNT_CARRIES(P, N)                                                                   \
    __m512i all = _mm512_set1_epi32(base);                                                \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                        \
      __m512i count = differences(acc[p][n], last[p][n]);                                 \
      __m512i sum = _mm512_sub_epi32(all, _mm512_add_epi32(count, count));                \
      _mm512_store_si512(sums + (p * N + n) * LANES, sum);                                \
    }                                                                                     \
  }

SUMS(bn_b1_gemm_i32_6x32__avx512, 6, 2)
SUMS(bn_b1_gemm_i32_3x64__avx512, 3, 4)
SUMS(bn_b1_gemm_i32_2x96__avx512, 2, 6)

#define SIGNS(NAME, P, N)                                                                 \
  void NAME(                                                                              \
      const uint32_t* parities, int32_t stride, const int32_t* offsets, int32_t words,    \
      const uint8_t* weights, const int32_t* limits, uint8_t* bits, size_t pitch) {       \
    COUNT_CARRIES(P, N)                                                                   \
    EACH_VECTOR(N) {                                                                      \
      __m512i limit = _mm512_loadu_si512(limits + n * LANES);                             \
      EACH_PIXEL(P) {                                                                     \
        __mmask16 above = _mm512_cmpgt_epi32_mask(differences(acc[p][n], last[p][n]), limit); \
        memcpy(bits + (size_t)p * pitch + 2 * n, &above, sizeof above);                   \
      }                                                                                   \
    }                                                                                     \
  }

SIGNS(bn_b1_gemm_b1_6x32__avx512, 6, 2)
SIGNS(bn_b1_gemm_b1_3x64__avx512, 3, 4)
SIGNS(bn_b1_gemm_b1_2x96__avx512, 2, 6)

/* [words][channels] running parities of 32 signs; one that makes the words even repeats the last. */
void bn_pack_parities__avx512(
    const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed) {
  for (int32_t o = 0; o < channels; o++) {
    uint8_t* to = packed + 4 * (size_t)o;
    uint32_t parity = 0;
    for (size_t k = 0; k < bytes; k += 4, to += 4 * (size_t)channels) {
      uint32_t word;
      memcpy(&word, weights + (size_t)o * bytes + k, sizeof word);
      parity ^= word;
      memcpy(to, &parity, sizeof parity);
    }
    if (bytes % 8) memcpy(to, &parity, sizeof parity);
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
