/*
 * Sums of signs by vpopcntd, 16 filters of 64 signs each, and what becomes of a tile's sums while they
 * are in registers.
 */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };

/* Keeps the compiler from reassociating accumulators, which makes it spill. */
#define KEEP(x) __asm__("" : "+v"(x))
#define EACH_PIXEL(P) _Pragma("GCC unroll 8") for (int p = 0; p < P; p++)
#define EACH_VECTOR(N) _Pragma("GCC unroll 8") for (int n = 0; n < N; n++)

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

/* Counts half the differences of a tile's words into acc, and leaves the last parity in last. */
#define COUNT_CARRIES(T, FIRST, P, N)                                                      \
  __m512i acc[P][N], last[P][N];                                                           \
  const uint32_t* x[P];                                                                    \
  const uint8_t* weights = (T)->weights;                                                   \
  EACH_PIXEL(P) {                                                                          \
    x[p] = (T)->parities + (size_t)((FIRST) + p) * (size_t)(T)->stride;                    \
    EACH_VECTOR(N) acc[p][n] = last[p][n] = _mm512_setzero_si512();                        \
  }                                                                                        \
  int32_t odd = (T)->words % 2;                                                            \
  if (odd) {                                                                               \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                         \
      XOR_WORD(last[p][n], _mm512_load_si512(weights + 64 * n), x[p][(T)->offsets[0]]);    \
    }                                                                                      \
    weights += 64 * N;                                                                     \
  }                                                                                        \
  for (int32_t k = odd; k < (T)->words; k += 2, weights += 128 * N) {                      \
    ptrdiff_t i = (T)->offsets[k], j = (T)->offsets[k + 1];                                \
    EACH_VECTOR(N) {                                                                       \
      __m512i w = _mm512_load_si512(weights + 64 * n);                                     \
      __m512i v = _mm512_load_si512(weights + 64 * N + 64 * n);                            \
      KEEP(w);                                                                             \
      KEEP(v);                                                                             \
      EACH_PIXEL(P) {                                                                      \
        __m512i a, b;                                                                      \
        XOR_WORD(a, w, x[p][i]);                                                           \
        XOR_WORD(b, v, x[p][j]);                                                           \
        __m512i carry = _mm512_ternarylogic_epi32(a, b, last[p][n], CARRY);                \
        last[p][n] = b;                                                                    \
        KEEP(last[p][n]);                                                                  \
        acc[p][n] = _mm512_add_epi32(acc[p][n], _mm512_popcnt_epi32(carry));               \
        KEEP(acc[p][n]);                                                                   \
      }                                                                                    \
    }                                                                                      \
  }                                                                                        \
  EACH_PIXEL(P) EACH_VECTOR(N) acc[p][n] = differences(acc[p][n], last[p][n]);

INLINE __m512i differences(__m512i carries, __m512i last) {
  return _mm512_add_epi32(_mm512_add_epi32(carries, carries), _mm512_popcnt_epi32(last));
}

/* Sums [P][16 N] of the first pixels as they are, for windows of several parts. */
#define SUMS(NAME, P, N)                                                                   \
  void NAME(const bn_parity_tile* t, int32_t* sums) {                                      \
    COUNT_CARRIES(t, 0, P, N)                                                              \
    __m512i all = _mm512_set1_epi32(t->base);                                              \
    EACH_PIXEL(P) EACH_VECTOR(N) {                                                         \
      __m512i twice = _mm512_add_epi32(acc[p][n], acc[p][n]);                              \
      _mm512_store_si512(sums + (p * N + n) * LANES, _mm512_sub_epi32(all, twice));        \
    }                                                                                      \
  }

SUMS(bn_b1_gemm_i32_6x32__avx512, 6, 2)
SUMS(bn_b1_gemm_i32_3x64__avx512, 3, 4)
SUMS(bn_b1_gemm_i32_2x96__avx512, 2, 6)

/* Some channels of one pixel. */
typedef struct {
  const bn_parity_tile* tile;
  const bn_params* params;
  size_t index; /* in [pixels][O32] */
  int32_t o;    /* the first output channel */
} place;

/* y * scale + shift of 16 channels, where y = base - 2 * differences is exact. */
INLINE __m512 affine(const place* at, int n, __m512i differences) {
  __m512 base = _mm512_set1_ps((float)at->tile->base);
  __m512 y = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(differences), _mm512_set1_ps(2), base);
  __m512 product = _mm512_mul_ps(y, _mm512_loadu_ps(at->params->scale + at->o + n * LANES));
  return _mm512_add_ps(product, _mm512_loadu_ps(at->params->shift + at->o + n * LANES));
}

/* Rounds V x 16 numbers into saturated bytes in the order of channels; zeros beyond. */
INLINE __m512i to_bytes(const __m512* v, int count) {
  __m512i q[4];
  EACH_VECTOR(4) q[n] = n < count ? _mm512_cvtps_epi32(v[n]) : _mm512_setzero_si512();
  /* Packing works within lanes of 128 bits: lane i gets dword i of each of the four. */
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15);
  __m512i bytes = _mm512_packs_epi16(_mm512_packs_epi32(q[0], q[1]), _mm512_packs_epi32(q[2], q[3]));
  return _mm512_permutexvar_epi32(order, bytes);
}

INLINE __m512i load_bytes(const void* from, int count) {
  if (count == 4) return _mm512_loadu_si512(from);
  return _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i*)from));
}

INLINE void store_bytes(void* to, __m512i bytes, int count) {
  if (count == 4) {
    _mm512_storeu_si512(to, bytes);
  } else {
    _mm256_storeu_si256((__m256i*)to, _mm512_castsi512_si256(bytes));
  }
}

INLINE uint64_t load_flags(const uint8_t* flags, int32_t o, int count) {
  uint64_t value = 0;
  memcpy(&value, flags + o / 8, (size_t)count * 2);
  return value;
}

/* Bits of `bytes` < the narrow thresholds, or all of them where none can be less. */
INLINE uint64_t below(const place* at, __m512i bytes, int count) {
  __m512i levels = load_bytes(at->params->levels + at->o, count);
  return _mm512_cmplt_epi8_mask(bytes, levels) | load_flags(at->params->always, at->o, count);
}

INLINE void store_bits(void* bits, const place* at, uint64_t value, int count) {
  memcpy((uint8_t*)bits + at->index / 8, &value, (size_t)count * 2);
}

/* More signs differ than the limit allows. */
INLINE void finish_b1(const place* at, const __m512i* differences, int count) {
  uint8_t* to = (uint8_t*)at->tile->call->output + at->index / 8;
  EACH_VECTOR(4) {
    if (n >= count) break;
    __m512i limit = _mm512_loadu_si512(at->params->limits + at->o + n * LANES);
    __mmask16 bits = _mm512_cmpgt_epi32_mask(differences[n], limit);
    memcpy(to + n * sizeof bits, &bits, sizeof bits);
  }
}

INLINE __m512i levels_of(const place* at, const __m512i* differences, int count) {
  __m512 v[4];
  EACH_VECTOR(4) if (n < count) v[n] = affine(at, n, differences[n]);
  __m512i min = _mm512_set1_epi8((char)at->params->min);
  __m512i max = _mm512_set1_epi8((char)at->params->max);
  return _mm512_min_epi8(_mm512_max_epi8(to_bytes(v, count), min), max);
}

INLINE void finish_s8(const place* at, const __m512i* differences, int count) {
  store_bytes((int8_t*)at->tile->call->output + at->index, levels_of(at, differences, count), count);
}

INLINE void finish_sumb1(const place* at, const __m512i* differences, int count) {
  const bn_conv_call* call = at->tile->call;
  __m512i q = levels_of(at, differences, count);
  __m512i sum = _mm512_adds_epi8(q, load_bytes(call->second + at->index, count));
  uint64_t flips = load_flags(at->params->flips, at->o, count);
  store_bits(call->output, at, below(at, sum, count) ^ flips, count);
}

/* A stream; what it lacks is known to the compiler. */
INLINE void stream(
    const place* at, const __m512i* differences, int count, bool residual, bool prelu, bool bits) {
  const bn_params* params = at->params;
  const bn_conv_call* call = at->tile->call;
  __m512 v[4];
  EACH_VECTOR(4) {
    if (n >= count) break;
    v[n] = affine(at, n, differences[n]);
    if (residual) {
      const __m128i* from = (const __m128i*)(call->second + at->index + n * LANES);
      __m512 r = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(from)));
      v[n] = _mm512_add_ps(v[n], _mm512_mul_ps(r, _mm512_set1_ps(params->residual_factor)));
    }
    if (prelu) {
      __mmask16 negative = _mm512_cmp_ps_mask(v[n], _mm512_setzero_ps(), _CMP_LT_OQ);
      __m512 slope = _mm512_loadu_ps(params->slope + at->o + n * LANES);
      v[n] = _mm512_mask_mul_ps(v[n], negative, v[n], slope);
    }
  }
  __m512i q = to_bytes(v, count);
  store_bytes((int8_t*)call->output + at->index, q, count);
  if (bits) store_bits(call->bits, at, below(at, q, count), count);
}

#define STREAM(NAME, RESIDUAL, PRELU, BITS)                                            \
  INLINE void finish_##NAME(const place* at, const __m512i* differences, int count) { \
    stream(at, differences, count, RESIDUAL, PRELU, BITS);                             \
  }

STREAM(full, true, true, true)
STREAM(last, true, true, false)

INLINE void finish_some(const place* at, const __m512i* differences, int count) {
  bool residual = at->params->residual_factor != 0;
  stream(at, differences, count, residual, at->params->slope, at->params->thresholds);
}

INLINE void finish_f32(const place* at, const __m512i* differences, int count) {
  int32_t outputs = at->params->outputs;
  size_t pixel = at->index / (size_t)at->params->filters;
  float* y = (float*)at->tile->call->output + pixel * (size_t)outputs + at->o;
  EACH_VECTOR(4) {
    int32_t left = outputs - at->o - n * LANES;
    if (n >= count || left <= 0) break;
    __m512 v = affine(at, n, differences[n]);
    __mmask16 lanes = (__mmask16)(left >= LANES ? 0xffff : (1 << left) - 1);
    _mm512_mask_storeu_ps(y + n * LANES, lanes, v);
  }
}

/* All pixels; 96 channels are 64 and 32. */
#define TILE(NAME, P, N, FINISH)                                                            \
  static void NAME(const bn_parity_tile* t) {                                               \
    size_t index = (size_t)t->pixel * (size_t)t->params->filters + (size_t)t->channel;      \
    place at = {t, t->params, index, t->channel};                                           \
    for (int32_t first = 0; first < t->pixels; first += P) {                                \
      COUNT_CARRIES(t, first, P, N)                                                         \
      EACH_PIXEL(P) {                                                                       \
        if (first + p < t->pixels) {                                                        \
          FINISH(&at, acc[p], N > 4 ? 4 : N);                                               \
          if (N > 4) {                                                                      \
            place rest = {t, t->params, at.index + 4 * LANES, at.o + 4 * LANES};            \
            FINISH(&rest, acc[p] + (N > 4 ? 4 : 0), 2);                                     \
          }                                                                                 \
          at.index += (size_t)t->params->filters;                                           \
        }                                                                                   \
      }                                                                                     \
    }                                                                                       \
  }

#define TILES(P, N, C, KIND, FINISH) TILE(bn_b1_gemm_##KIND##_##P##x##C##__avx512, P, N, FINISH)
#define ALL_TILES(P, N, C)              \
  TILES(P, N, C, b1, finish_b1)         \
  TILES(P, N, C, s8, finish_s8)         \
  TILES(P, N, C, sumb1, finish_sumb1)   \
  TILES(P, N, C, stream, finish_full)   \
  TILES(P, N, C, last, finish_last)     \
  TILES(P, N, C, some, finish_some)     \
  TILES(P, N, C, f32, finish_f32)       \
  static void bn_b1_gemm_any_##P##x##C##__avx512(const bn_parity_tile* t) {                  \
    const bn_params* p = t->params;                                                         \
    bool usual = p->residual_factor != 0 && p->slope;                                       \
    (!usual ? bn_b1_gemm_some_##P##x##C##__avx512                                           \
        : p->thresholds ? bn_b1_gemm_stream_##P##x##C##__avx512                             \
                        : bn_b1_gemm_last_##P##x##C##__avx512)(t);                          \
  }                                                                                         \
  const bn_tile_fn bn_b1_gemm_##P##x##C##__avx512[BN_EPILOGUES] = {                         \
      bn_b1_gemm_b1_##P##x##C##__avx512, bn_b1_gemm_s8_##P##x##C##__avx512,                 \
      bn_b1_gemm_sumb1_##P##x##C##__avx512, bn_b1_gemm_any_##P##x##C##__avx512,             \
      bn_b1_gemm_f32_##P##x##C##__avx512};

ALL_TILES(6, 2, 32)
ALL_TILES(3, 4, 64)
ALL_TILES(2, 6, 96)
