/* Sums of 8-bit products by vpdpbusd, 16 filters of 4 products each; how weights are packed. */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

enum { LANES = 16 };

#define EACH_PIXEL(P) _Pragma("GCC unroll 8") for (int p = 0; p < P; p++)
#define EACH_VECTOR(N) _Pragma("GCC unroll 8") for (int n = 0; n < N; n++)

static inline __m512i word(const uint8_t* x) {
  int32_t bits;
  memcpy(&bits, x, sizeof bits);
  return _mm512_set1_epi32(bits);
}

/* [words][channels] running parities of 32 signs. */
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
  }
}

/* Rows of more than one vector. */
static void copy_long(const bn_windows* windows, uint8_t* to, int32_t stride) {
  __m512i flip = _mm512_set1_epi8((char)windows->flip);
  int32_t run = windows->run;
  int32_t whole = run / 64 * 64;
  __mmask64 rest = ((__mmask64)1 << (run - whole)) - 1;
  for (int32_t i = 0; i < windows->count; i++, to += stride) {
    const uint8_t* from = windows->from + i * windows->step;
    uint8_t* row = to;
    for (int32_t r = 0; r < windows->rows; r++, row += run, from += windows->pitch) {
      for (int32_t k = 0; k < whole; k += 64) {
        _mm512_storeu_si512(row + k, _mm512_xor_si512(_mm512_loadu_si512(from + k), flip));
      }
      __m512i last = _mm512_xor_si512(_mm512_maskz_loadu_epi8(rest, from + whole), flip);
      _mm512_mask_storeu_epi8(row + whole, rest, last);
    }
  }
}

/* Short rows are stored whole vectors at a time; the next row covers what is too much. */
void bn_copy_windows__avx512(const bn_windows* windows, uint8_t* to, int32_t stride) {
  if (windows->run > 32) {
    copy_long(windows, to, stride);
    return;
  }
  __m256i flip = _mm256_set1_epi8((char)windows->flip);
  int64_t pitch = windows->pitch;
  int32_t run = windows->run;
  __mmask32 bytes = run == 32 ? ~(__mmask32)0 : ((__mmask32)1 << run) - 1;
  for (int32_t i = 0; i < windows->count; i++, to += stride) {
    const uint8_t* from = windows->from + i * windows->step;
    uint8_t* end = to + windows->rows * run;
    for (uint8_t* row = to; row < end; row += run, from += pitch) {
      __m256i x = _mm256_maskz_loadu_epi8(bytes, from);
      _mm256_storeu_si256((__m256i*)row, _mm256_xor_si256(x, flip));
    }
  }
}

enum { PIXELS = 8 };

/* 16 or 32 channels: `weights`, `start` and `sums` point to the first of them. */
static inline __attribute__((always_inline)) void multiply(
    const uint8_t* x, int32_t stride, int32_t depth, const int8_t* weights, int32_t channels,
    const int32_t* start, int32_t start_stride, int32_t* sums, int vectors) {
  __m512i acc[PIXELS][2];
  EACH_PIXEL(PIXELS) EACH_VECTOR(vectors) {
    acc[p][n] = _mm512_loadu_si512(start + p * start_stride + n * LANES);
  }
  for (int32_t k = 0; k < depth; k += 4, weights += 4 * channels) {
    __m512i w[2];
    EACH_VECTOR(vectors) w[n] = _mm512_loadu_si512(weights + 64 * n);
    EACH_PIXEL(PIXELS) {
      __m512i v = word(x + p * stride + k);
      EACH_VECTOR(vectors) acc[p][n] = _mm512_dpbusd_epi32(acc[p][n], v, w[n]);
    }
  }
  EACH_PIXEL(PIXELS) EACH_VECTOR(vectors) {
    _mm512_storeu_si512(sums + p * channels + n * LANES, acc[p][n]);
  }
}

void bn_u8_gemm_i32_8x32__avx512(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums) {
  for (int32_t o = 0; o < used; o += BN_BLOCK) {
    const int8_t* w = (const int8_t*)weights + 4 * o;
    if (used - o > LANES) {
      multiply(patch, stride, depth, w, channels, start + o, start_stride, sums + o, 2);
    } else {
      multiply(patch, stride, depth, w, channels, start + o, start_stride, sums + o, 1);
    }
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
