/* Epilogues on 8 channels at a time, a byte of bits; and the pixelwise operators. */
#include <arm_neon.h>
#include <string.h>

#include "neon.h"

#define INLINE static inline __attribute__((always_inline))

enum { LANES = 8 };

/* 8 channels. */
typedef struct {
  int32x4_t a, b;
} ints;

typedef struct {
  float32x4_t a, b;
} reals;

typedef struct {
  const bn_params* params;
  const bn_conv_call* call;
  ints sums;
  int32_t o;     /* the first output channel */
  int64_t index; /* in [pixels][O32] */
  int64_t pixel;
} block;

INLINE ints load_ints(const int32_t* from) {
  ints v = {vld1q_s32(from), vld1q_s32(from + 4)};
  return v;
}

INLINE reals load_reals(const float* from) {
  reals v = {vld1q_f32(from), vld1q_f32(from + 4)};
  return v;
}

/* The first lane is bit 0. */
INLINE uint8_t bits_of(uint32x4_t a, uint32x4_t b) {
  static const uint8_t weights[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  uint8x8_t lanes = vmovn_u16(vcombine_u16(vmovn_u32(a), vmovn_u32(b)));
  return vaddv_u8(vand_u8(lanes, vld1_u8(weights)));
}

INLINE uint8_t less(const block* k, ints v) {
  ints t = load_ints(k->params->thresholds + k->o);
  return bits_of(vcltq_s32(v.a, t.a), vcltq_s32(v.b, t.b));
}

INLINE reals affine(const block* k) {
  reals scale = load_reals(k->params->scale + k->o);
  reals shift = load_reals(k->params->shift + k->o);
  reals v = {vaddq_f32(vmulq_f32(vcvtq_f32_s32(k->sums.a), scale.a), shift.a),
             vaddq_f32(vmulq_f32(vcvtq_f32_s32(k->sums.b), scale.b), shift.b)};
  return v;
}

INLINE int32x4_t level4(float32x4_t v, int32_t min, int32_t max) {
  float32x4_t low = vmaxq_f32(v, vdupq_n_f32((float)min));
  return vcvtnq_s32_f32(vminq_f32(low, vdupq_n_f32((float)max)));
}

INLINE ints level(reals v, int32_t min, int32_t max) {
  ints q = {level4(v.a, min, max), level4(v.b, min, max)};
  return q;
}

INLINE ints second(const block* k) {
  int16x8_t wide = vmovl_s8(vld1_s8(k->call->second + k->index));
  ints q = {vmovl_s16(vget_low_s16(wide)), vmovl_s16(vget_high_s16(wide))};
  return q;
}

INLINE void put_int8(const block* k, ints q) {
  int8x8_t bytes = vmovn_s16(vcombine_s16(vmovn_s32(q.a), vmovn_s32(q.b)));
  vst1_s8((int8_t*)k->call->output + k->index, bytes);
}

INLINE void to_bits(const block* k) {
  ((uint8_t*)k->call->output)[k->index / 8] = less(k, k->sums);
}

INLINE void to_int8(const block* k) {
  put_int8(k, level(affine(k), k->params->min, k->params->max));
}

INLINE void add_to_bits(const block* k) {
  ints q = level(affine(k), k->params->min, k->params->max);
  ints skip = second(k);
  ints sum = {vaddq_s32(q.a, skip.a), vaddq_s32(q.b, skip.b)};
  ((uint8_t*)k->call->output)[k->index / 8] = less(k, sum) ^ k->params->flips[k->o / 8];
}

INLINE float32x4_t prelu4(float32x4_t v, float32x4_t slope) {
  return vbslq_f32(vcltq_f32(v, vdupq_n_f32(0)), vmulq_f32(v, slope), v);
}

INLINE void to_stream(const block* k) {
  const bn_params* p = k->params;
  reals v = affine(k);
  if (p->residual_factor != 0) {
    ints q = second(k);
    float32x4_t factor = vdupq_n_f32(p->residual_factor);
    v.a = vaddq_f32(v.a, vmulq_f32(vcvtq_f32_s32(q.a), factor));
    v.b = vaddq_f32(v.b, vmulq_f32(vcvtq_f32_s32(q.b), factor));
  }
  if (p->slope) {
    reals slope = load_reals(p->slope + k->o);
    v.a = prelu4(v.a, slope.a);
    v.b = prelu4(v.b, slope.b);
  }
  ints q = level(v, -128, 127);
  put_int8(k, q);
  if (p->thresholds) k->call->bits[k->index / 8] = less(k, q);
}

INLINE void to_float(const block* k) {
  int32_t outputs = k->params->outputs;
  int32_t count = outputs - k->o;
  float* y = (float*)k->call->output + k->pixel * outputs + k->o;
  float values[LANES];
  float* target = count >= LANES ? y : values;
  reals v = affine(k);
  vst1q_f32(target, v.a);
  vst1q_f32(target + 4, v.b);
  if (count > 0 && count < LANES) memcpy(y, values, sizeof *y * (size_t)count);
}

INLINE void each_block(const bn_tile* t, void (*finish)(const block*)) {
  for (int32_t p = 0; p < t->pixels; p++) {
    for (int32_t c = 0; c < t->channels; c += LANES) {
      const int32_t* sums = (const int32_t*)t->sums + p * t->channels + c;
      int32_t o = t->channel + c;
      int64_t pixel = t->pixel + p;
      block k = {t->params, t->call, load_ints(sums), o, pixel * t->params->filters + o, pixel};
      finish(&k);
    }
  }
}

static void bn_i32_epilogue_b1_1x8__neon(const bn_tile* t) { each_block(t, to_bits); }
static void bn_i32_epilogue_s8_1x8__neon(const bn_tile* t) { each_block(t, to_int8); }
static void bn_i32_epilogue_sumb1_1x8__neon(const bn_tile* t) { each_block(t, add_to_bits); }
static void bn_i32_epilogue_stream_1x8__neon(const bn_tile* t) { each_block(t, to_stream); }
static void bn_i32_epilogue_f32_1x8__neon(const bn_tile* t) { each_block(t, to_float); }

const bn_epilogue_fn bn_i32_epilogues__neon[BN_EPILOGUES] = {
    bn_i32_epilogue_b1_1x8__neon, bn_i32_epilogue_s8_1x8__neon, bn_i32_epilogue_sumb1_1x8__neon,
    bn_i32_epilogue_stream_1x8__neon, bn_i32_epilogue_f32_1x8__neon};

/* Number `at` of what a binarizer reads, or 8 from there on. */
typedef float (*get)(const void* x, int64_t at);
typedef reals (*get8)(const void* x, int64_t at);

INLINE float one_real(const void* x, int64_t at) { return ((const float*)x)[at]; }
INLINE float one_pixel(const void* x, int64_t at) { return ((const uint8_t*)x)[at]; }

INLINE reals reals8(const void* x, int64_t at) { return load_reals((const float*)x + at); }

INLINE reals pixels8(const void* x, int64_t at) {
  uint16x8_t wide = vmovl_u8(vld1_u8((const uint8_t*)x + at));
  reals v = {vcvtq_f32_u32(vmovl_u16(vget_low_u16(wide))),
             vcvtq_f32_u32(vmovl_u16(vget_high_u16(wide)))};
  return v;
}

/* Up to 8 numbers; the bits beyond them are +1. */
INLINE uint8_t binarize8(
    const void* x, int64_t at, const float* thresholds, int32_t count, get one, get8 eight) {
  if (count >= LANES) {
    reals v = eight(x, at);
    reals t = load_reals(thresholds);
    return bits_of(vcltq_f32(v.a, t.a), vcltq_f32(v.b, t.b));
  }
  uint8_t bits = 0;
  for (int32_t c = 0; c < count; c++) bits |= (uint8_t)((one(x, at + c) < thresholds[c]) << c);
  return bits;
}

INLINE void binarize(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y, get one,
    get8 eight) {
  int32_t padded = (channels + BN_BLOCK - 1) / BN_BLOCK * BN_BLOCK;
  for (int64_t at = 0; at < pixels * channels; at += channels) {
    for (int32_t c = 0; c < padded; c += LANES) {
      *y++ = c < channels ? binarize8(x, at + c, thresholds + c, channels - c, one, eight) : 0;
    }
  }
}

void bn_f32_binarize_b1_1x32__neon(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(x, thresholds, channels, pixels, y, one_real, reals8);
}

void bn_u8_binarize_b1_1x32__neon(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(x, thresholds, channels, pixels, y, one_pixel, pixels8);
}

void bn_s8_binarize_b1_1x32__neon(
    const int8_t* x, const int32_t* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  for (int64_t i = 0; i < pixels; i++) {
    for (int32_t c = 0; c < channels; c += LANES, x += LANES) {
      int16x8_t wide = vmovl_s8(vld1_s8(x));
      ints t = load_ints(thresholds + c);
      *y++ = bits_of(vcltq_s32(vmovl_s16(vget_low_s16(wide)), t.a),
                     vcltq_s32(vmovl_s16(vget_high_s16(wide)), t.b));
    }
  }
}
