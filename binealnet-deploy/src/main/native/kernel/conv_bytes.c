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

/* Short copies inline: a window has many of them. */
static inline void copy_bytes(uint8_t* to, const uint8_t* from, int32_t count) {
  if (count >= 8) {
    int32_t i = 0;
    for (; i + 8 <= count; i += 8) memcpy(to + i, from + i, 8);
    memcpy(to + count - 8, from + count - 8, 8);
    return;
  }
  for (int32_t i = 0; i < count; i++) to[i] = from[i];
}

/* Integers as the backend wants them: bytes with the top bit flipped or not, or x - zero point. */
static void put(
    const bn_conv* conv, void* values, int32_t at, const uint8_t* source, int32_t count) {
  bool is_signed = conv->input == BN_INT8;
  if (conv->backend->patch == BN_PATCH_INT16) {
    int16_t* to = (int16_t*)values + at;
    int32_t zero = is_signed ? (int8_t)conv->pad : conv->pad;
    for (int32_t i = 0; i < count; i++) {
      to[i] = (int16_t)((is_signed ? (int8_t)source[i] : source[i]) - zero);
    }
    return;
  }
  uint8_t* to = (uint8_t*)values + at;
  if (is_signed == (conv->backend->patch == BN_PATCH_INT8)) {
    copy_bytes(to, source, count);
  } else {
    for (int32_t i = 0; i < count; i++) to[i] = source[i] ^ 0x80;
  }
}

static void put_pad(const bn_conv* conv, void* values, int32_t at, int32_t count) {
  if (conv->backend->patch == BN_PATCH_INT16) {
    memset((int16_t*)values + at, 0, sizeof(int16_t) * (size_t)count);
  } else {
    memset((uint8_t*)values + at, conv->pad, (size_t)count);
  }
}

/* Where the part of a window from k = begin to end lies, run by run. */
static void gather_pixel(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* at, int32_t begin,
    int32_t end, void* values, int32_t offset) {
  const bn_window* w = &conv->window;
  int64_t top = bn_input_row(conv, at);
  int64_t left = bn_input_column(conv, at);
  bool joins = w->dilation_w == 1 && conv->channels == conv->input_channels
      && bn_is_inside(conv, call, top, left);
  int32_t run = joins ? w->kernel_w * conv->channels : conv->channels;
  for (int32_t k = begin; k < end;) {
    int32_t tap = k / run * run / conv->channels;
    int32_t within = k % run;
    int32_t count = (int32_t)bn_min(run - within, end - k);
    int64_t y = top + (int64_t)(tap / w->kernel_w) * w->dilation_h;
    int64_t x = left + (int64_t)(tap % w->kernel_w) * w->dilation_w;
    if (y < 0 || x < 0 || y >= call->in_h || x >= call->in_w) {
      put_pad(conv, values, offset + k - begin, count);
    } else {
      int64_t pixel = (at->image * call->in_h + y) * call->in_w + x;
      const uint8_t* source = (const uint8_t*)call->input + pixel * conv->pixel_bytes + within;
      put(conv, values, offset + k - begin, source, count);
    }
    k += count;
  }
}

/* Pixels beyond the last repeat it; what lies beyond a window meets weights of 0. */
static void gather(
    const bn_conv* conv, const bn_conv_call* call, bn_position at, int32_t stored, int32_t begin,
    int32_t end, patch* target) {
  int32_t depth = (int32_t)bn_ceil_div(end - begin, conv->backend->group) * conv->backend->group;
  target->stride = (int32_t)bn_ceil_div(depth, BN_BLOCK) * BN_BLOCK;
  for (int32_t p = 0; p < target->pixels; p++) {
    int32_t offset = p * target->stride;
    gather_pixel(conv, call, &at, begin, end, &target->values, offset);
    put_pad(conv, &target->values, offset + end - begin, depth - (end - begin));
    if (p + 1 < stored) bn_position_next(&at, call);
  }
}

static void start_sums(
    const bn_conv* conv, const bn_filter_block* block, int32_t pixels, int32_t* sums) {
  for (int32_t p = 0; p < pixels; p++) {
    memcpy(sums + p * block->channels, conv->base_sums + block->first,
           sizeof *sums * (size_t)block->channels);
  }
}

static void add_part(
    const bn_conv* conv, const bn_filter_block* block, const patch* x, int32_t begin, int32_t end,
    int32_t* sums) {
  const bn_backend* backend = conv->backend;
  size_t k_bytes = (size_t)(block->channels * backend->weight_size);
  const uint8_t* weights = conv->weights + block->offset + (size_t)begin * k_bytes;
  int32_t depth = (int32_t)bn_ceil_div(end - begin, backend->group) * backend->group;
  backend->multiply(&x->values, x->stride, depth, weights, block->channels, sums);
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
    bool fits = conv->depth <= BN_MAX_PATCH;
    if (fits) gather(conv, call, at, stored, 0, conv->depth, &x);
    for (int32_t i = first_block; i < end_block; i++) {
      const bn_filter_block* block = &conv->blocks[i];
      start_sums(conv, block, x.pixels, sums);
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
