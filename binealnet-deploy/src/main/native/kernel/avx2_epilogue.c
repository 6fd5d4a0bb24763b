/*
 * Epilogues on 32 channels at a time, of int32 sums or (narrow) of int16 sums. Integers after the
 * rounding fit int16, so thresholds are compared there.
 */
#include "avx2.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

/* 32 numbers in the order of channels: 16 int16 each. */
typedef struct {
  __m256i a, b;
} halves;

/* 32 channels of one pixel. */
typedef struct {
  const bn_params* params;
  const bn_conv_call* call;
  const void* sums;
  bool wide;
  int32_t o;     /* the first output channel */
  int64_t index; /* in [pixels][O32] */
  int64_t pixel;
} block;

INLINE __m256 sums8(const block* k, int i) {
  __m256i y = k->wide ? _mm256_loadu_si256((const __m256i*)((const int32_t*)k->sums + i))
                      : _mm256_cvtepi16_epi32(
                            _mm_loadu_si128((const __m128i*)((const int16_t*)k->sums + i)));
  return _mm256_cvtepi32_ps(y);
}

INLINE __m256 affine8(const block* k, int i) {
  __m256 product = _mm256_mul_ps(sums8(k, i), _mm256_loadu_ps(k->params->scale + k->o + i));
  return _mm256_add_ps(product, _mm256_loadu_ps(k->params->shift + k->o + i));
}

INLINE __m256i level8(__m256 v, float min, float max) {
  __m256 clipped = _mm256_min_ps(_mm256_max_ps(v, _mm256_set1_ps(min)), _mm256_set1_ps(max));
  return _mm256_cvtps_epi32(clipped);
}

INLINE __m256 stream8(const block* k, int i) {
  const bn_params* p = k->params;
  __m256 v = affine8(k, i);
  if (p->residual_factor != 0) {
    __m128i q = _mm_loadl_epi64((const __m128i*)(k->call->second + k->index + i));
    __m256 residual = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(q));
    v = _mm256_add_ps(v, _mm256_mul_ps(residual, _mm256_set1_ps(p->residual_factor)));
  }
  if (p->slope) {
    __m256 scaled = _mm256_mul_ps(v, _mm256_loadu_ps(p->slope + k->o + i));
    __m256 negative = _mm256_cmp_ps(v, _mm256_setzero_ps(), _CMP_LT_OQ);
    v = _mm256_blendv_ps(v, scaled, negative);
  }
  return v;
}

/* Four vectors of int32 to int16; vpackssdw works within lanes, the permutation repairs it. */
INLINE halves pack16(__m256i a, __m256i b, __m256i c, __m256i d) {
  halves h = {_mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xd8),
              _mm256_permute4x64_epi64(_mm256_packs_epi32(c, d), 0xd8)};
  return h;
}

INLINE __m256i pack8(halves h) {
  return _mm256_permute4x64_epi64(_mm256_packs_epi16(h.a, h.b), 0xd8);
}

INLINE uint32_t less(halves q, const int16_t* thresholds) {
  const __m256i* t = (const __m256i*)thresholds;
  halves m = {_mm256_cmpgt_epi16(_mm256_loadu_si256(t), q.a),
              _mm256_cmpgt_epi16(_mm256_loadu_si256(t + 1), q.b)};
  return (uint32_t)_mm256_movemask_epi8(pack8(m));
}

INLINE void put_bits(uint8_t* bits, const block* k, uint32_t value) {
  memcpy(bits + k->index / 8, &value, sizeof value);
}

INLINE uint32_t wide_less8(const block* k, int i) {
  __m256i y = _mm256_loadu_si256((const __m256i*)((const int32_t*)k->sums + i));
  __m256i t = _mm256_loadu_si256((const __m256i*)(k->params->thresholds + k->o + i));
  return (uint32_t)_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(t, y))) << i;
}

INLINE void to_bits(const block* k) {
  uint32_t bits;
  if (k->wide) {
    bits = wide_less8(k, 0) | wide_less8(k, 8) | wide_less8(k, 16) | wide_less8(k, 24);
  } else {
    const __m256i* y = k->sums;
    halves q = {_mm256_loadu_si256(y), _mm256_loadu_si256(y + 1)};
    bits = less(q, k->params->narrow + k->o);
  }
  put_bits(k->call->output, k, bits);
}

INLINE halves quantize(const block* k) {
  float min = (float)k->params->min;
  float max = (float)k->params->max;
  return pack16(level8(affine8(k, 0), min, max), level8(affine8(k, 8), min, max),
                level8(affine8(k, 16), min, max), level8(affine8(k, 24), min, max));
}

INLINE void put_int8(const block* k, halves q) {
  _mm256_storeu_si256((__m256i*)((int8_t*)k->call->output + k->index), pack8(q));
}

INLINE void to_int8(const block* k) { put_int8(k, quantize(k)); }

INLINE void add_to_bits(const block* k) {
  halves q = quantize(k);
  const __m128i* skip = (const __m128i*)(k->call->second + k->index);
  q.a = _mm256_add_epi16(q.a, _mm256_cvtepi8_epi16(_mm_loadu_si128(skip)));
  q.b = _mm256_add_epi16(q.b, _mm256_cvtepi8_epi16(_mm_loadu_si128(skip + 1)));
  uint32_t flips;
  memcpy(&flips, k->params->flips + k->o / 8, sizeof flips);
  put_bits(k->call->output, k, less(q, k->params->narrow + k->o) ^ flips);
}

INLINE void to_stream(const block* k) {
  halves q = pack16(level8(stream8(k, 0), -128, 127), level8(stream8(k, 8), -128, 127),
                    level8(stream8(k, 16), -128, 127), level8(stream8(k, 24), -128, 127));
  put_int8(k, q);
  if (k->params->thresholds) put_bits(k->call->bits, k, less(q, k->params->narrow + k->o));
}

INLINE void to_float(const block* k) {
  int32_t outputs = k->params->outputs;
  float* y = (float*)k->call->output + k->pixel * outputs + k->o;
  float values[BN_BLOCK];
  int32_t count = outputs - k->o;
  float* target = count >= BN_BLOCK ? y : values;
  for (int i = 0; i < BN_BLOCK; i += 8) _mm256_storeu_ps(target + i, affine8(k, i));
  if (count > 0 && count < BN_BLOCK) memcpy(y, values, sizeof *y * (size_t)count);
}

INLINE void each_block(const bn_tile* t, bool wide, void (*finish)(const block*)) {
  for (int32_t p = 0; p < t->pixels; p++) {
    for (int32_t c = 0; c < t->channels; c += BN_BLOCK) {
      int32_t at = p * t->channels + c;
      block k = {t->params, t->call,
                 wide ? (const void*)((const int32_t*)t->sums + at)
                      : (const void*)((const int16_t*)t->sums + at),
                 wide, t->channel + c, 0, t->pixel + p};
      k.index = k.pixel * t->params->filters + k.o;
      finish(&k);
    }
  }
}

#define EPILOGUE(OUT, FUNCTION)                                                  \
  static void bn_i32_epilogue_##OUT##_1x32__avx2(const bn_tile* t) {             \
    each_block(t, true, FUNCTION);                                               \
  }                                                                              \
  static void bn_i16_epilogue_##OUT##_1x32__avx2(const bn_tile* t) {             \
    each_block(t, false, FUNCTION);                                              \
  }
EPILOGUE(b1, to_bits)
EPILOGUE(s8, to_int8)
EPILOGUE(sumb1, add_to_bits)
EPILOGUE(stream, to_stream)
EPILOGUE(f32, to_float)

const bn_epilogue_fn bn_i32_epilogues__avx2[BN_EPILOGUES] = {
    bn_i32_epilogue_b1_1x32__avx2, bn_i32_epilogue_s8_1x32__avx2,
    bn_i32_epilogue_sumb1_1x32__avx2, bn_i32_epilogue_stream_1x32__avx2,
    bn_i32_epilogue_f32_1x32__avx2};
const bn_epilogue_fn bn_i16_epilogues__avx2[BN_EPILOGUES] = {
    bn_i16_epilogue_b1_1x32__avx2, bn_i16_epilogue_s8_1x32__avx2,
    bn_i16_epilogue_sumb1_1x32__avx2, bn_i16_epilogue_stream_1x32__avx2,
    bn_i16_epilogue_f32_1x32__avx2};
