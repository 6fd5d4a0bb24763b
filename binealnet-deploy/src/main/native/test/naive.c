#include "naive.h"

#include <math.h>
#include <stdlib.h>

/* The integer at a tap: a sign, or x - zero point; padding is +1, or 0. */
static int32_t input_at(
    const bn_conv_spec* s, const bn_conv_call* call, int64_t n, int64_t y, int64_t x, int32_t c) {
  bool outside = y < 0 || x < 0 || y >= call->in_h || x >= call->in_w;
  if (outside) return s->input == BN_BITS ? 1 : 0;
  int64_t pixel = (n * call->in_h + y) * call->in_w + x;
  int64_t index = pixel * s->input_channels + c;
  const uint8_t* bytes = call->input;
  if (s->input == BN_BITS) return bytes[index / 8] >> index % 8 & 1 ? -1 : 1;
  int32_t value = s->input == BN_INT8 ? (int8_t)bytes[index] : bytes[index];
  return value - s->zero_point;
}

static int32_t weight_at(const bn_conv_spec* s, int32_t o, int32_t tap, int32_t c) {
  int64_t taps = (int64_t)s->window.kernel_h * s->window.kernel_w;
  if (s->input != BN_BITS) return ((const int8_t*)s->weights)[(o * taps + tap) * s->channels + c];
  int64_t index = (o * taps + tap) * s->input_channels + c;
  return ((const uint8_t*)s->weights)[index / 8] >> index % 8 & 1 ? -1 : 1;
}

/* The integers under a window, tap by tap. */
static void window_at(
    const bn_conv_spec* s, const bn_conv_call* call, int64_t n, int64_t oy, int64_t ox,
    int32_t* values) {
  const bn_window* w = &s->window;
  for (int32_t ky = 0; ky < w->kernel_h; ky++) {
    for (int32_t kx = 0; kx < w->kernel_w; kx++) {
      int64_t y = oy * w->stride_h - w->pad_top + ky * w->dilation_h;
      int64_t x = ox * w->stride_w - w->pad_left + kx * w->dilation_w;
      for (int32_t c = 0; c < s->channels; c++) *values++ = input_at(s, call, n, y, x, c);
    }
  }
}

static int32_t clip(float v, int32_t min, int32_t max) {
  float rounded = rintf(v);
  if (rounded < (float)min) return min;
  return rounded > (float)max ? max : (int32_t)rounded;
}

static void finish(
    const bn_conv_spec* s, const bn_conv_call* call, int64_t pixel, int32_t o, int32_t y,
    naive_result* r) {
  const bn_epilogue* e = &s->epilogue;
  int64_t at = pixel * s->filters + o;
  if (e->kind == BN_TO_BITS) {
    r->integers[at] = y < e->thresholds[o];
    return;
  }
  if (e->kind == BN_TO_FLOAT && o >= s->outputs) return;
  float product = (float)y * e->scale[o];
  float v = product + e->shift[o];
  if (e->kind == BN_TO_FLOAT) {
    r->reals[pixel * s->outputs + o] = v;
  } else if (e->kind == BN_TO_INT8) {
    r->integers[at] = (int8_t)clip(v, e->min, e->max);
  } else if (e->kind == BN_ADD_TO_BITS) {
    int32_t sum = clip(v, e->min, e->max) + call->second[at];
    r->integers[at] = (sum < e->thresholds[o]) != (e->flips[o] != 0);
  } else {
    float residual = call->second ? (float)call->second[at] * e->residual_factor : 0;
    v = v + residual;
    if (e->slope && !(v >= 0)) v = v * e->slope[o];
    r->integers[at] = (int8_t)clip(v, -128, 127);
    if (e->thresholds) r->bits[at] = r->integers[at] < e->thresholds[o];
  }
}

void naive_conv(const bn_conv_spec* s, const bn_conv_call* call, naive_result* r) {
  int32_t taps = s->window.kernel_h * s->window.kernel_w;
  int64_t depth = (int64_t)taps * s->channels;
  int32_t* x = malloc((size_t)depth * sizeof *x);
  int32_t* w = malloc((size_t)(depth * s->filters) * sizeof *w);
  if (!x || !w) abort();
  for (int64_t i = 0; i < depth * s->filters; i++) {
    w[i] = weight_at(s, (int32_t)(i / depth), (int32_t)(i % depth / s->channels),
                     (int32_t)(i % s->channels));
  }
  for (int64_t pixel = 0; pixel < call->batch * call->out_h * call->out_w; pixel++) {
    int64_t row = pixel / call->out_w;
    window_at(s, call, row / call->out_h, row % call->out_h, pixel % call->out_w, x);
    for (int32_t o = 0; o < s->filters; o++) {
      int32_t sum = 0;
      for (int64_t k = 0; k < depth; k++) sum += x[k] * w[o * depth + k];
      finish(s, call, pixel, o, sum, r);
    }
  }
  free(x);
  free(w);
}
