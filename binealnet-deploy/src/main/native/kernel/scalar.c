/* The reference: plain loops, for every CPU. */
#include "internal.h"

#include <string.h>

static bool available(void) { return true; }

static int32_t differences(const uint8_t* x, const uint8_t* w, int32_t bytes) {
  int32_t count = 0;
  for (int32_t i = 0; i < bytes; i += 4) {
    uint32_t a, b;
    memcpy(&a, x + i, 4);
    memcpy(&b, w + i, 4);
    count += __builtin_popcount(a ^ b);
  }
  return count;
}

static void sum_bits(
    const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights,
    int32_t base, int32_t* sums, int32_t channels) {
  for (int32_t o = 0; o < channels; o++) {
    int32_t count = 0;
    for (int32_t s = 0; s < segments; s++, weights += run) {
      count += differences(rows[s], weights, run);
    }
    sums[o] = base - 2 * count;
  }
}

#define SUM_BITS(CHANNELS)                                                             \
  static void bn_b1_gemm_i32_1x##CHANNELS##__scalar(                                   \
      const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights, \
      int32_t base, void* sums) {                                                      \
    sum_bits(rows, segments, run, weights, base, sums, CHANNELS);                      \
  }
SUM_BITS(32)
SUM_BITS(64)
SUM_BITS(96)

static void pack_bits(const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed) {
  memcpy(packed, weights, (size_t)channels * bytes);
}

/* [K][channels], as every backend's. */
static void pack_bytes(const int8_t* weights, int32_t channels, int32_t depth, void* packed) {
  for (int32_t k = 0; k < depth; k++) {
    for (int32_t o = 0; o < channels; o++) {
      ((int8_t*)packed)[(size_t)k * (size_t)channels + (size_t)o] =
          weights[(size_t)o * (size_t)depth + (size_t)k];
    }
  }
}

static void bn_s16_gemm_i32_1x32__scalar(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums) {
  (void)stride, (void)start_stride;
  const int16_t* x = patch;
  const int8_t* w = weights;
  if (sums != start) memcpy(sums, start, sizeof *sums * (size_t)channels);
  for (int32_t k = 0; k < depth; k++, w += channels) {
    for (int32_t o = 0; o < used; o++) sums[o] += x[k] * w[o];
  }
}

/* A number of a tile, and its places. */
typedef struct {
  int32_t sum;
  int32_t o;     /* output channel */
  int64_t index; /* in [pixels][O32] */
} number;

static float affine(const bn_params* p, const number* n) {
  float product = (float)n->sum * p->scale[n->o];
  return product + p->shift[n->o];
}

static int32_t stream_level(const bn_tile* t, const number* n) {
  const bn_params* p = t->params;
  float v = affine(p, n);
  if (p->residual_factor != 0) {
    float residual = (float)t->call->second[n->index] * p->residual_factor;
    v = v + residual;
  }
  if (p->slope && v < 0) v = v * p->slope[n->o];
  return bn_level(v, -128, 127);
}

static void put_bit(uint8_t* bits, int64_t index, bool bit) {
  uint8_t mask = (uint8_t)(1 << index % 8);
  bits[index / 8] = (uint8_t)(bit ? bits[index / 8] | mask : bits[index / 8] & ~mask);
}

static void finish(const bn_tile* t, const number* n, int64_t pixel) {
  const bn_params* p = t->params;
  switch (p->kind) {
    case BN_TO_BITS:
      put_bit(t->call->output, n->index, n->sum < p->thresholds[n->o]);
      break;
    case BN_TO_INT8:
      ((int8_t*)t->call->output)[n->index] = (int8_t)bn_level(affine(p, n), p->min, p->max);
      break;
    case BN_ADD_TO_BITS: {
      int32_t sum = bn_level(affine(p, n), p->min, p->max) + t->call->second[n->index];
      bool flip = p->flips[n->o / 8] >> n->o % 8 & 1;
      put_bit(t->call->output, n->index, (sum < p->thresholds[n->o]) != flip);
      break;
    }
    case BN_TO_STREAM: {
      int32_t level = stream_level(t, n);
      ((int8_t*)t->call->output)[n->index] = (int8_t)level;
      if (p->thresholds) put_bit(t->call->bits, n->index, level < p->thresholds[n->o]);
      break;
    }
    case BN_TO_FLOAT:
      if (n->o < p->outputs) {
        ((float*)t->call->output)[pixel * p->outputs + n->o] = affine(p, n);
      }
      break;
  }
}

static void bn_i32_epilogue_any_1x1__scalar(const bn_tile* t) {
  const int32_t* sums = t->sums;
  for (int32_t i = 0; i < t->pixels; i++) {
    int64_t pixel = t->pixel + i;
    for (int32_t c = 0; c < t->channels; c++) {
      int32_t o = t->channel + c;
      number n = {sums[i * t->channels + c], o, pixel * t->params->filters + o};
      finish(t, &n, pixel);
    }
  }
}

static float value_of(bn_number_kind kind, const void* x, int64_t at) {
  return kind == BN_PIXELS ? (float)((const uint8_t*)x)[at] : ((const float*)x)[at];
}

static void binarize(
    bn_number_kind kind, const void* x, const float* thresholds, int32_t channels, int64_t pixels,
    uint8_t* y) {
  int64_t padded = bn_ceil_div(channels, BN_BLOCK) * BN_BLOCK;
  memset(y, 0, (size_t)(pixels * padded / 8));
  for (int64_t i = 0; i < pixels; i++, y += padded / 8) {
    for (int32_t c = 0; c < channels; c++) {
      if (value_of(kind, x, i * channels + c) < thresholds[c]) y[c / 8] |= (uint8_t)(1 << c % 8);
    }
  }
}

static void bn_f32_binarize_b1_1x1__scalar(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(BN_REALS, x, thresholds, channels, pixels, y);
}

static void bn_u8_binarize_b1_1x1__scalar(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  binarize(BN_PIXELS, x, thresholds, channels, pixels, y);
}

static void bn_s8_binarize_b1_1x1__scalar(
    const int8_t* x, const int32_t* thresholds, int32_t channels, int64_t pixels, uint8_t* y) {
  for (int64_t i = 0; i < pixels; i++, x += channels, y += channels / 8) {
    memset(y, 0, (size_t)channels / 8);
    for (int32_t c = 0; c < channels; c++) {
      if (x[c] < thresholds[c]) y[c / 8] |= (uint8_t)(1 << c % 8);
    }
  }
}

static const bn_epilogue_fn epilogues[BN_EPILOGUES] = {
    bn_i32_epilogue_any_1x1__scalar, bn_i32_epilogue_any_1x1__scalar,
    bn_i32_epilogue_any_1x1__scalar, bn_i32_epilogue_any_1x1__scalar,
    bn_i32_epilogue_any_1x1__scalar};

const bn_backend bn_backend_scalar = {
    .name = "scalar",
    .available = available,
    .run_bits = bn_run_bits,
    .bits = {{1, bn_b1_gemm_i32_1x32__scalar},
             {1, bn_b1_gemm_i32_1x64__scalar},
             {1, bn_b1_gemm_i32_1x96__scalar}},
    .bit_expansion = 1,
    .pack_bits = pack_bits,
    .patch = BN_PATCH_INT16,
    .byte_pixels = 1,
    .group = 1,
    .weight_size = 1,
    .copy_windows = bn_copy_windows,
    .pack_bytes = pack_bytes,
    .multiply = bn_s16_gemm_i32_1x32__scalar,
    .epilogues = epilogues,
    .pools = bn_pools__portable,
    .binarize = {bn_f32_binarize_b1_1x1__scalar, bn_u8_binarize_b1_1x1__scalar},
    .marks = bn_marks__portable,
    .stream_binarize = bn_s8_binarize_b1_1x1__scalar,
    .sum_int8 = bn_s8_sum_i32_1x32__scalar,
    .count_bits = bn_b1_count_i32_1x32__scalar,
};
