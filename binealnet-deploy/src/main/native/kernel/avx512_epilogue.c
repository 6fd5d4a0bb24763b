/* Epilogues on 16 channels at a time, whose parameters stay in registers for a tile's pixels. */
#include "avx512.h"

#include <immintrin.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 16 };

/* 16 channels of one pixel after the other. */
typedef struct {
  const int32_t* sums;
  size_t index; /* in [pixels][O32] */
  int32_t o;    /* the first output channel */
  int32_t left; /* pixels */
} walk;

INLINE walk start(const bn_tile* t, int32_t channel) {
  int32_t o = t->channel + channel;
  size_t index = (size_t)t->pixel * (size_t)t->params->filters + (size_t)o;
  walk w = {(const int32_t*)t->sums + channel, index, o, t->pixels};
  return w;
}

INLINE void step(walk* w, const bn_tile* t) {
  w->sums += t->channels;
  w->index += (size_t)t->params->filters;
  w->left--;
}

/* For each 16 channels: SETUP, then BODY for each pixel. */
#define EACH(SETUP, BODY)                                  \
  for (int32_t c = 0; c < t->channels; c += LANES) {       \
    walk w = start(t, c);                                  \
    SETUP;                                                 \
    for (; w.left > 0; step(&w, t)) BODY;                  \
  }

INLINE __m512i load_sums(const walk* w) { return _mm512_loadu_si512(w->sums); }

INLINE __m512i load_thresholds(const bn_params* p, const walk* w) {
  return _mm512_loadu_si512(p->thresholds + w->o);
}

/* What turns sums into real numbers. */
typedef struct {
  __m512 scale, shift;
} chain;

INLINE chain load_chain(const bn_params* p, const walk* w) {
  chain v = {_mm512_loadu_ps(p->scale + w->o), _mm512_loadu_ps(p->shift + w->o)};
  return v;
}

INLINE __m512 affine(const walk* w, chain v) {
  return _mm512_add_ps(_mm512_mul_ps(_mm512_cvtepi32_ps(load_sums(w)), v.scale), v.shift);
}

INLINE __m512i level(__m512 v, __m512 min, __m512 max) {
  return _mm512_cvtps_epi32(_mm512_min_ps(_mm512_max_ps(v, min), max));
}

INLINE __m512i load_second(const bn_conv_call* call, const walk* w) {
  return _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i*)(call->second + w->index)));
}

INLINE void put_bits(void* bits, const walk* w, __mmask16 value) {
  uint16_t both = (uint16_t)value;
  memcpy((uint8_t*)bits + w->index / 8, &both, sizeof both);
}

INLINE void put_int8(void* values, const walk* w, __m512i q) {
  _mm_storeu_si128((__m128i*)((int8_t*)values + w->index), _mm512_cvtepi32_epi8(q));
}

static void bn_i32_epilogue_b1_1x16__avx512(const bn_tile* t) {
  const bn_params* p = t->params;
  void* y = t->call->output;
  EACH(__m512i thresholds = load_thresholds(p, &w),
       put_bits(y, &w, _mm512_cmplt_epi32_mask(load_sums(&w), thresholds)))
}

static void bn_i32_epilogue_s8_1x16__avx512(const bn_tile* t) {
  const bn_params* p = t->params;
  void* y = t->call->output;
  __m512 min = _mm512_set1_ps((float)p->min);
  __m512 max = _mm512_set1_ps((float)p->max);
  EACH(chain v = load_chain(p, &w), put_int8(y, &w, level(affine(&w, v), min, max)))
}

static void bn_i32_epilogue_sumb1_1x16__avx512(const bn_tile* t) {
  const bn_params* p = t->params;
  void* y = t->call->output;
  __m512 min = _mm512_set1_ps((float)p->min);
  __m512 max = _mm512_set1_ps((float)p->max);
  EACH(chain v = load_chain(p, &w); __m512i thresholds = load_thresholds(p, &w); uint16_t flips;
       memcpy(&flips, p->flips + w.o / 8, sizeof flips), {
         __m512i q = level(affine(&w, v), min, max);
         __m512i sum = _mm512_add_epi32(q, load_second(t->call, &w));
         put_bits(y, &w, _kxor_mask16(_mm512_cmplt_epi32_mask(sum, thresholds), flips));
       })
}

/* A stream; what it lacks is known to the compiler. */
INLINE void to_stream(const bn_tile* t, bool residual, bool prelu, bool bits) {
  const bn_params* p = t->params;
  const bn_conv_call* call = t->call;
  __m512 factor = _mm512_set1_ps(p->residual_factor);
  __m512 min = _mm512_set1_ps(-128);
  __m512 max = _mm512_set1_ps(127);
  __m512 zero = _mm512_setzero_ps();
  EACH(chain v = load_chain(p, &w);
       __m512 slope = prelu ? _mm512_loadu_ps(p->slope + w.o) : zero;
       __m512i thresholds = bits ? load_thresholds(p, &w) : _mm512_setzero_si512(), {
         __m512 x = affine(&w, v);
         if (residual) {
           __m512 r = _mm512_cvtepi32_ps(load_second(call, &w));
           x = _mm512_add_ps(x, _mm512_mul_ps(r, factor));
         }
         if (prelu) x = _mm512_mask_mul_ps(x, _mm512_cmp_ps_mask(x, zero, _CMP_LT_OQ), x, slope);
         __m512i q = level(x, min, max);
         put_int8(call->output, &w, q);
         if (bits) put_bits(call->bits, &w, _mm512_cmplt_epi32_mask(q, thresholds));
       })
}

static void bn_i32_epilogue_stream_1x16__avx512(const bn_tile* t) {
  bool prelu = t->params->slope;
  bool bits = t->params->thresholds;
  if (t->params->residual_factor != 0) {
    if (prelu && bits) {
      to_stream(t, true, true, true);
    } else {
      to_stream(t, true, prelu, bits);
    }
  } else {
    to_stream(t, false, prelu, bits);
  }
}

static void bn_i32_epilogue_f32_1x16__avx512(const bn_tile* t) {
  const bn_params* p = t->params;
  for (int32_t c = 0; c < t->channels; c += LANES) {
    walk w = start(t, c);
    int32_t count = p->outputs - w.o;
    if (count <= 0) return;
    unsigned lanes = count >= LANES ? 0xffffu : (1u << count) - 1;
    chain v = load_chain(p, &w);
    float* y = (float*)t->call->output + t->pixel * p->outputs + w.o;
    for (; w.left > 0; step(&w, t), y += p->outputs) {
      _mm512_mask_storeu_ps(y, (__mmask16)lanes, affine(&w, v));
    }
  }
}

const bn_epilogue_fn bn_i32_epilogues__avx512[BN_EPILOGUES] = {
    bn_i32_epilogue_b1_1x16__avx512, bn_i32_epilogue_s8_1x16__avx512,
    bn_i32_epilogue_sumb1_1x16__avx512, bn_i32_epilogue_stream_1x16__avx512,
    bn_i32_epilogue_f32_1x16__avx512};
