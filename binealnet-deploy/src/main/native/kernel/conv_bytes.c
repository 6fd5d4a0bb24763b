/*
 * Convolution of 8-bit integers: a tile's windows are gathered into a patch of the form that the
 * backend multiplies, padding included, and summed in int32.
 */
#include "internal.h"
#include "tiles.h"

#include <string.h>

typedef struct {
  int32_t pixels; /* of the tile */
  int32_t stride; /* elements from pixel to pixel */
  _Alignas(BN_ALIGNMENT) union {
    uint8_t bytes[BN_MAX_PIXELS * (BN_MAX_PATCH + BN_BLOCK)];
    int16_t wide[BN_MAX_PIXELS / 2 * (BN_MAX_PATCH + BN_BLOCK)];
  } values;
} patch;

/* Integers as the backend wants them: bytes as they are or with the top bit flipped, x - pad. */
typedef enum { COPY, FLIP, WIDEN_UNSIGNED, WIDEN_SIGNED } form;

static form form_of(const bn_conv* conv) {
  bool is_signed = conv->input == BN_INT8;
  if (conv->backend->patch == BN_PATCH_INT16) return is_signed ? WIDEN_SIGNED : WIDEN_UNSIGNED;
  return is_signed == (conv->backend->patch == BN_PATCH_INT8) ? COPY : FLIP;
}

static uint8_t flip_of(form f) { return f == FLIP ? 0x80 : 0; }

/* Rows of `run` integers, `pitch` bytes apart, one behind the other from values[at] on. */
static inline void put_rows(
    const bn_conv* conv, const uint8_t* from, int64_t pitch, int32_t rows, int32_t run,
    void* values, int32_t at) {
  form f = form_of(conv);
  uint8_t pad = conv->pad;
  uint8_t* bytes = (uint8_t*)values + at;
  int16_t* wide = (int16_t*)values + at;
  if (f <= FLIP) {
    bn_windows window = {from, 0, pitch, 1, rows, run, flip_of(f)};
    conv->backend->copy_windows(&window, bytes, 0);
    return;
  }
  for (; rows > 0; rows--, from += pitch, wide += run) {
    if (f == WIDEN_UNSIGNED) {
      for (int32_t i = 0; i < run; i++) wide[i] = (int16_t)(from[i] - pad);
    } else {
      for (int32_t i = 0; i < run; i++) wide[i] = (int16_t)((int8_t)from[i] - (int8_t)pad);
    }
  }
}

static inline void put_pad(const bn_conv* conv, void* values, int32_t at, int32_t count) {
  if (conv->backend->patch == BN_PATCH_INT16) {
    for (int32_t i = 0; i < count; i++) ((int16_t*)values)[at + i] = 0;
  } else {
    for (int32_t i = 0; i < count; i++) ((uint8_t*)values)[at + i] = conv->pad;
  }
}

/* `count` channels from `first` on of the input pixel at (y, x), or of the padding. */
static inline void put_tap(
    const bn_conv* conv, const bn_conv_call* call, int64_t image, int64_t y, int64_t x,
    int32_t first, int32_t count, void* values, int32_t at) {
  if (y < 0 || x < 0 || y >= call->in_h || x >= call->in_w) {
    put_pad(conv, values, at, count);
  } else {
    int64_t pixel = (image * call->in_h + y) * call->in_w + x;
    const uint8_t* from = (const uint8_t*)call->input + pixel * conv->pixel_bytes + first;
    put_rows(conv, from, 0, 1, count, values, at);
  }
}

/* One kernel row of a window, from column `left` on, that is a run of bytes where it lies inside. */
static void put_row(
    const bn_conv* conv, const bn_conv_call* call, int64_t image, int64_t y, int64_t left,
    void* values, int32_t at) {
  int64_t columns = conv->window.kernel_w;
  int64_t before = y < 0 || y >= call->in_h ? columns : bn_max(0, bn_min(columns, -left));
  int64_t inside = bn_max(0, bn_min(columns, call->in_w - left) - before);
  int32_t channels = conv->channels;
  if (before > 0) put_pad(conv, values, at, (int32_t)before * channels);
  if (inside > 0) {
    int64_t pixel = (image * call->in_h + y) * call->in_w + left + before;
    put_rows(conv, (const uint8_t*)call->input + pixel * conv->pixel_bytes, 0,
             1, (int32_t)inside * channels, values, at + (int32_t)before * channels);
  }
  int32_t after = (int32_t)(columns - before - inside);
  if (after > 0) put_pad(conv, values, at + (int32_t)(columns - after) * channels, after * channels);
}

/* Whether the rows of a window are runs of bytes. */
static bool has_runs(const bn_conv* conv) {
  return conv->window.kernel_w == 1
      || (conv->window.dilation_w == 1 && conv->channels == conv->input_channels);
}

/*
 * Up to `most` windows of a row of pixels that lie inside, where they are copied as they are; returns
 * how many.
 */
static int32_t copy_windows(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* at, int32_t most,
    int32_t stride, uint8_t* to) {
  const bn_window* w = &conv->window;
  int64_t top = bn_input_row(conv, at);
  int64_t left = bn_input_column(conv, at);
  if (form_of(conv) > FLIP || !has_runs(conv) || !bn_is_inside(conv, call, top, left)) return 0;
  int64_t last = call->in_w - 1 - (int64_t)(w->kernel_w - 1) * w->dilation_w;
  int64_t count = bn_min((last - left) / w->stride_w + 1, bn_min(most, call->out_w - at->x));
  int64_t pixel = (at->image * call->in_h + top) * call->in_w + left;
  bn_windows windows = {
      .from = (const uint8_t*)call->input + pixel * conv->pixel_bytes,
      .step = (int64_t)w->stride_w * conv->pixel_bytes,
      .pitch = call->in_w * conv->pixel_bytes * w->dilation_h,
      .count = (int32_t)count, .rows = w->kernel_h, .run = w->kernel_w * conv->channels,
      .flip = flip_of(form_of(conv))};
  conv->backend->copy_windows(&windows, to, stride);
  return (int32_t)count;
}

/* A whole window. Where its rows are runs of bytes, they are copied as such. */
static void gather_window(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* position, void* values,
    int32_t at) {
  const bn_window* w = &conv->window;
  int64_t top = bn_input_row(conv, position);
  int64_t left = bn_input_column(conv, position);
  int32_t run = w->kernel_w * conv->channels;
  bool runs = has_runs(conv);
  if (runs && bn_is_inside(conv, call, top, left)) {
    int64_t pixel = (position->image * call->in_h + top) * call->in_w + left;
    const uint8_t* from = (const uint8_t*)call->input + pixel * conv->pixel_bytes;
    int64_t pitch = call->in_w * conv->pixel_bytes * w->dilation_h;
    put_rows(conv, from, pitch, w->kernel_h, run, values, at);
    return;
  }
  for (int32_t ky = 0; ky < w->kernel_h; ky++, at += run) {
    int64_t y = top + (int64_t)ky * w->dilation_h;
    if (runs) {
      put_row(conv, call, position->image, y, left, values, at);
      continue;
    }
    for (int32_t kx = 0; kx < w->kernel_w; kx++) {
      int64_t x = left + (int64_t)kx * w->dilation_w;
      put_tap(conv, call, position->image, y, x, 0, conv->channels, values, at + kx * conv->channels);
    }
  }
}

/* The part of a long window from k = begin to end, tap by tap. */
static void gather_part(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* position, int32_t begin,
    int32_t end, void* values, int32_t at) {
  const bn_window* w = &conv->window;
  for (int32_t k = begin; k < end;) {
    int32_t tap = k / conv->channels;
    int32_t first = k % conv->channels;
    int32_t count = (int32_t)bn_min(conv->channels - first, end - k);
    int64_t y = bn_input_row(conv, position) + (int64_t)(tap / w->kernel_w) * w->dilation_h;
    int64_t x = bn_input_column(conv, position) + (int64_t)(tap % w->kernel_w) * w->dilation_w;
    put_tap(conv, call, position->image, y, x, first, count, values, at + k - begin);
    k += count;
  }
}

/* A window or a part of it. */
static void gather_one(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* at, int32_t begin, int32_t end,
    void* values, int32_t offset) {
  if (end - begin == conv->depth) {
    gather_window(conv, call, at, values, offset);
  } else {
    gather_part(conv, call, at, begin, end, values, offset);
  }
}

/* Pixels beyond the last repeat it; what lies beyond a window meets weights of 0. */
static void gather(
    const bn_conv* conv, const bn_conv_call* call, bn_position at, int32_t stored, int32_t begin,
    int32_t end, patch* target) {
  int32_t depth = (int32_t)bn_ceil_div(end - begin, conv->backend->group) * conv->backend->group;
  target->stride = (int32_t)bn_ceil_div(depth, BN_BLOCK) * BN_BLOCK;
  bool whole = end - begin == conv->depth;
  for (int32_t p = 0; p < target->pixels;) {
    int32_t count = 0;
    if (whole && p < stored) {
      uint8_t* to = target->values.bytes + p * target->stride;
      count = copy_windows(conv, call, &at, stored - p, target->stride, to);
    }
    if (count == 0) {
      gather_one(conv, call, &at, begin, end, &target->values, p * target->stride);
      count = 1;
    }
    for (; count > 0; count--, p++) {
      put_pad(conv, &target->values, p * target->stride + end - begin, depth - (end - begin));
      if (p + 1 < stored) bn_position_next(&at, call);
    }
  }
}

/* The first part begins with what the zero point adds, the next ones with the sums so far. */
static void add_part(
    const bn_conv* conv, const bn_filter_block* block, const patch* x, int32_t begin, int32_t end,
    int32_t* sums) {
  const bn_backend* backend = conv->backend;
  int32_t depth = (int32_t)bn_ceil_div(end - begin, backend->group) * backend->group;
  const int32_t* start = begin ? sums : conv->base_sums + block->first;
  if (conv->few_pitch) {
    const int8_t* filters = (const int8_t*)conv->weights + begin;
    backend->multiply_few(&x->values, x->stride, depth, filters, conv->few_pitch, start,
                          begin ? block->channels : 0, sums);
    return;
  }
  size_t k_bytes = (size_t)(block->channels * backend->weight_size);
  const uint8_t* weights = conv->weights + block->offset + (size_t)begin * k_bytes;
  if (x->pixels == 1 && backend->multiply_pixel) {
    backend->multiply_pixel(&x->values, depth, weights, block->channels, start, sums);
    return;
  }
  int32_t used = (int32_t)bn_min(block->channels, conv->params.outputs - block->first);
  backend->multiply(&x->values, x->stride, depth, weights, block->channels, used, start,
                    begin ? block->channels : 0, sums);
}

/* A window that fits a patch is gathered once for all filters, a longer one part by part. */
void bn_run_bytes(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block) {
  _Alignas(BN_ALIGNMENT) int32_t sums[BN_MAX_PIXELS * BN_MAX_CHANNELS];
  patch x;
  x.pixels = conv->backend->byte_pixels;
  bn_position at = bn_position_of(call, begin);
  for (int64_t pixel = begin; pixel < end; pixel += x.pixels) {
    int32_t stored = (int32_t)bn_min(x.pixels, end - pixel);
    if (stored == 1 && conv->backend->multiply_pixel && !conv->few_pitch) x.pixels = 1;
    bool fits = conv->depth <= BN_MAX_PATCH;
    if (fits) gather(conv, call, at, stored, 0, conv->depth, &x);
    for (int32_t i = first_block; i < end_block; i++) {
      const bn_filter_block* block = &conv->blocks[i];
      for (int32_t k = 0; k < conv->depth; k += BN_MAX_PATCH) {
        int32_t k_end = (int32_t)bn_min(k + BN_MAX_PATCH, conv->depth);
        if (!fits) gather(conv, call, at, stored, k, k_end, &x);
        add_part(conv, block, &x, k, k_end, sums);
      }
      bn_finish_tile(conv, call, block, pixel, stored, sums, true);
    }
    for (int32_t p = 0; p < stored; p++) bn_position_next(&at, call);
  }
}
