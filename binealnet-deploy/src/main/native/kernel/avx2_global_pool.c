/* Sums of 32 channels over the pixels of an image; narrow ones are widened before they overflow. */
#include "avx2.h"

#include <immintrin.h>
#include <string.h>

enum { BYTE_RUN = 255, WORD_RUN = 256 }; /* ones in a byte; -128s in an int16 */

/* Adds 16 int16 to int32. */
static inline void widen16(__m256i words, int32_t* sums) {
  __m256i* to = (__m256i*)sums;
  __m256i low = _mm256_cvtepi16_epi32(_mm256_castsi256_si128(words));
  __m256i high = _mm256_cvtepi16_epi32(_mm256_extracti128_si256(words, 1));
  _mm256_storeu_si256(to, _mm256_add_epi32(_mm256_loadu_si256(to), low));
  _mm256_storeu_si256(to + 1, _mm256_add_epi32(_mm256_loadu_si256(to + 1), high));
}

void bn_s8_sum_i32_1x32__avx2(const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums) {
  memset(sums, 0, sizeof *sums * BN_BLOCK);
  while (pixels > 0) {
    int64_t run = bn_min(pixels, WORD_RUN);
    __m256i low = _mm256_setzero_si256();
    __m256i high = low;
    for (int64_t i = 0; i < run; i++, x += stride) {
      const __m128i* from = (const __m128i*)x;
      low = _mm256_add_epi16(low, _mm256_cvtepi8_epi16(_mm_loadu_si128(from)));
      high = _mm256_add_epi16(high, _mm256_cvtepi8_epi16(_mm_loadu_si128(from + 1)));
    }
    widen16(low, sums);
    widen16(high, sums + 16);
    pixels -= run;
  }
}

/* Each byte of a word to the 8 lanes of its bits, of which each keeps its own. */
static inline __m256i set_bits(const uint8_t* x) {
  int32_t word;
  memcpy(&word, x, sizeof word);
  const __m256i spread = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202,
                                            0x0303030303030303);
  const __m256i own = _mm256_set1_epi64x((long long)0x8040201008040201);
  __m256i bits = _mm256_shuffle_epi8(_mm256_set1_epi32(word), spread);
  return _mm256_cmpeq_epi8(_mm256_and_si256(bits, own), own);
}

void bn_b1_count_i32_1x32__avx2(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts) {
  memset(counts, 0, sizeof *counts * BN_BLOCK);
  while (pixels > 0) {
    int64_t run = bn_min(pixels, BYTE_RUN);
    __m256i sums = _mm256_setzero_si256();
    for (int64_t i = 0; i < run; i++, x += stride) sums = _mm256_sub_epi8(sums, set_bits(x));
    widen16(_mm256_cvtepu8_epi16(_mm256_castsi256_si128(sums)), counts);
    widen16(_mm256_cvtepu8_epi16(_mm256_extracti128_si256(sums, 1)), counts + 16);
    pixels -= run;
  }
}
