/* Windowed operators: some bytes of an output pixel stay in a register while its taps are visited. */
#include "avx2.h"
#include "pool.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

typedef __m256i (*fold)(__m256i a, __m256i b);

INLINE __m256i both(__m256i a, __m256i b) { return _mm256_and_si256(a, b); }
INLINE __m256i larger(__m256i a, __m256i b) { return _mm256_max_epi8(a, b); }

/* 32, 8, 4 or 1 bytes. */
INLINE __m256i load(const uint8_t* from, int bytes) {
  if (bytes == 32) return _mm256_loadu_si256((const __m256i*)from);
  if (bytes == 8) return _mm256_castsi128_si256(_mm_loadl_epi64((const __m128i*)from));
  int32_t word = *from;
  if (bytes == 4) memcpy(&word, from, sizeof word);
  return _mm256_castsi128_si256(_mm_cvtsi32_si128(word));
}

INLINE void store(uint8_t* to, __m256i v, int bytes) {
  __m128i low = _mm256_castsi256_si128(v);
  int32_t word = _mm_cvtsi128_si32(low);
  if (bytes == 32) {
    _mm256_storeu_si256((__m256i*)to, v);
  } else if (bytes == 8) {
    _mm_storel_epi64((__m128i*)to, low);
  } else {
    memcpy(to, &word, (size_t)bytes);
  }
}

INLINE void fold_taps(
    const bn_taps* taps, const uint8_t* corner, int32_t pixel, uint8_t* out, fold f, int bytes) {
  __m256i result = load(corner, bytes);
  for (int64_t r = 0; r < taps->rows; r++, corner += taps->pitch) {
    const uint8_t* tap = corner;
    for (int64_t c = 0; c < taps->columns; c++, tap += pixel) result = f(result, load(tap, bytes));
  }
  store(out, result, bytes);
}

INLINE void pool_row(const bn_pool* pool, const uint8_t* x, uint8_t* y, int64_t row, fold f) {
  int32_t bytes = pool->bytes;
  uint8_t* out = y + row * pool->out_w * bytes;
  bn_taps taps = bn_taps_of_row(pool, row);
  for (int64_t column = 0; column < pool->out_w; column++, out += bytes) {
    bn_taps_move(&taps, pool, column);
    const uint8_t* corner = x + taps.offset;
    int32_t i = 0;
    for (; i + 32 <= bytes; i += 32) fold_taps(&taps, corner + i, bytes, out + i, f, 32);
    for (; i + 8 <= bytes; i += 8) fold_taps(&taps, corner + i, bytes, out + i, f, 8);
    for (; i + 4 <= bytes; i += 4) fold_taps(&taps, corner + i, bytes, out + i, f, 4);
    for (; i < bytes; i++) fold_taps(&taps, corner + i, bytes, out + i, f, 1);
  }
}

static void max_bits(const bn_pool* pool, const void* x, void* y, int64_t row) {
  pool_row(pool, x, y, row, both);
}

static void max_int8(const bn_pool* pool, const void* x, void* y, int64_t row) {
  pool_row(pool, x, y, row, larger);
}

/* 8 channels. */
INLINE void average_taps(
    const bn_taps* taps, const int8_t* corner, int32_t pixel, int8_t* out, __m256 count) {
  __m256i sum = _mm256_setzero_si256();
  for (int64_t r = 0; r < taps->rows; r++, corner += taps->pitch) {
    const int8_t* tap = corner;
    for (int64_t c = 0; c < taps->columns; c++, tap += pixel) {
      __m256i q = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i*)tap));
      sum = _mm256_add_epi32(sum, q);
    }
  }
  __m256i rounded = _mm256_cvtps_epi32(_mm256_div_ps(_mm256_cvtepi32_ps(sum), count));
  __m128i words =
      _mm_packs_epi32(_mm256_castsi256_si128(rounded), _mm256_extracti128_si256(rounded, 1));
  _mm_storel_epi64((__m128i*)out, _mm_packs_epi16(words, words));
}

static void average_int8(const bn_pool* pool, const void* x, void* y, int64_t row) {
  int32_t bytes = pool->bytes;
  int8_t* out = (int8_t*)y + row * pool->out_w * bytes;
  bn_taps taps = bn_taps_of_row(pool, row);
  for (int64_t column = 0; column < pool->out_w; column++, out += bytes) {
    bn_taps_move(&taps, pool, column);
    __m256 count = _mm256_set1_ps((float)(taps.rows * taps.columns));
    const int8_t* corner = (const int8_t*)x + taps.offset;
    int32_t i = 0;
    for (; i + 8 <= bytes; i += 8) average_taps(&taps, corner + i, bytes, out + i, count);
    for (; i < bytes; i++) out[i] = bn_average(&taps, corner + i, bytes);
  }
}

const bn_pool_fn bn_pools__avx2[BN_POOLS] = {max_bits, max_int8, average_int8};
