/* Epilogues on 16 channels at a time. */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };

/* 16 channels of one pixel. */
typedef struct {
  const bn_params* params;
  const bn_conv_call* call;
  __m512i sums;
  int32_t o;     /* the first output channel */
  int64_t index; /* in [pixels][O32] */
  int64_t pixel;
} block;

INLINE __m512 affine(const block* k) {
  __m512 scale = _mm512_loadu_ps(k->params->scale + k->o);
  __m512 product = _mm512_mul_ps(_mm512_cvtepi32_ps(k->sums), scale);
  return _mm512_add_ps(product, _mm512_loadu_ps(k->params->shift + k->o));
}

INLINE __m512i level(__m512 v, int32_t min, int32_t max) {
  __m512 low = _mm512_max_ps(v, _mm512_set1_ps((float)min));
  return _mm512_cvtps_epi32(_mm512_min_ps(low, _mm512_set1_ps((float)max)));
}

INLINE __m512i second(const block* k) {
  return _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i*)(k->call->second + k->index)));
}

INLINE __mmask16 less(const block* k, __m512i values) {
  return _mm512_cmplt_epi32_mask(values, _mm512_loadu_si512(k->params->thresholds + k->o));
}

INLINE void put_bits(uint8_t* bits, const block* k, unsigned value) {
  uint16_t low = (uint16_t)value;
  memcpy(bits + k->index / 8, &low, sizeof low);
}

INLINE void put_int8(const block* k, __m512i q) {
  __m128i* to = (__m128i*)((int8_t*)k->call->output + k->index);
  _mm_storeu_si128(to, _mm512_cvtepi32_epi8(q));
}

INLINE void to_bits(const block* k) { put_bits(k->call->output, k, less(k, k->sums)); }

INLINE void to_int8(const block* k) {
  put_int8(k, level(affine(k), k->params->min, k->params->max));
}

INLINE void add_to_bits(const block* k) {
  __m512i q = level(affine(k), k->params->min, k->params->max);
  uint16_t flips;
  memcpy(&flips, k->params->flips + k->o / 8, sizeof flips);
  put_bits(k->call->output, k, less(k, _mm512_add_epi32(q, second(k))) ^ (unsigned)flips);
}

INLINE void to_stream(const block* k) {
  const bn_params* p = k->params;
  __m512 v = affine(k);
  if (p->residual_factor != 0) {
    __m512 factor = _mm512_set1_ps(p->residual_factor);
    v = _mm512_add_ps(v, _mm512_mul_ps(_mm512_cvtepi32_ps(second(k)), factor));
  }
  if (p->slope) {
    __mmask16 negative = _mm512_cmp_ps_mask(v, _mm512_setzero_ps(), _CMP_LT_OQ);
    v = _mm512_mask_mul_ps(v, negative, v, _mm512_loadu_ps(p->slope + k->o));
  }
  __m512i q = level(v, -128, 127);
  put_int8(k, q);
  if (p->thresholds) put_bits(k->call->bits, k, less(k, q));
}

INLINE void to_float(const block* k) {
  int32_t count = k->params->outputs - k->o;
  if (count <= 0) return;
  unsigned lanes = count >= LANES ? 0xffffu : (1u << count) - 1;
  float* y = (float*)k->call->output + k->pixel * k->params->outputs + k->o;
  _mm512_mask_storeu_ps(y, (__mmask16)lanes, affine(k));
}

INLINE void each_block(const bn_tile* t, void (*finish)(const block*)) {
  for (int32_t p = 0; p < t->pixels; p++) {
    for (int32_t c = 0; c < t->channels; c += LANES) {
      const int32_t* sums = (const int32_t*)t->sums + p * t->channels + c;
      int32_t o = t->channel + c;
      int64_t pixel = t->pixel + p;
      block k = {t->params, t->call, _mm512_loadu_si512(sums), o,
                 pixel * t->params->filters + o, pixel};
      finish(&k);
    }
  }
}

static void bn_i32_epilogue_b1_1x16__avx512(const bn_tile* t) { each_block(t, to_bits); }
static void bn_i32_epilogue_s8_1x16__avx512(const bn_tile* t) { each_block(t, to_int8); }
static void bn_i32_epilogue_sumb1_1x16__avx512(const bn_tile* t) { each_block(t, add_to_bits); }
static void bn_i32_epilogue_stream_1x16__avx512(const bn_tile* t) { each_block(t, to_stream); }
static void bn_i32_epilogue_f32_1x16__avx512(const bn_tile* t) { each_block(t, to_float); }

const bn_epilogue_fn bn_i32_epilogues__avx512[BN_EPILOGUES] = {
    bn_i32_epilogue_b1_1x16__avx512, bn_i32_epilogue_s8_1x16__avx512,
    bn_i32_epilogue_sumb1_1x16__avx512, bn_i32_epilogue_stream_1x16__avx512,
    bn_i32_epilogue_f32_1x16__avx512};
