/*
 * Convolution of bits without a copy of the image: a tile's pixels are described by pointers to
 * runs of bytes. Where no tap is in the padding a run is a whole kernel row; elsewhere it is one
 * tap, and a tap in the padding points to zeros, which are +1. Both ways the taps come in the same
 * order, so one packing of the weights serves both.
 */
#include "internal.h"
#include "tiles.h"

enum { SLICE = 2048 /* bytes; 16384 signs, summed in int16 without overflow */ };

/* The runs of a tile. */
typedef struct {
  const uint8_t* rows[BN_MAX_TAPS * BN_MAX_PIXELS];
  int32_t segments;
  int32_t bytes;
} runs;

static const uint8_t* pixel_at(
    const bn_conv* conv, const bn_conv_call* call, int64_t image, int64_t y, int64_t x) {
  if (y < 0 || x < 0 || y >= call->in_h || x >= call->in_w) return conv->zeros;
  int64_t pixel = (image * call->in_h + y) * call->in_w + x;
  return (const uint8_t*)call->input + pixel * conv->pixel_bytes;
}

static void tap_runs(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* at, int32_t pixels, runs* r) {
  const bn_window* w = &conv->window;
  r->segments = conv->taps;
  r->bytes = conv->pixel_bytes;
  for (int32_t p = 0; p < pixels; p++) {
    int64_t top = bn_input_row(conv, &at[p]);
    int64_t left = bn_input_column(conv, &at[p]);
    const uint8_t** row = r->rows + p;
    for (int32_t ky = 0; ky < w->kernel_h; ky++) {
      for (int32_t kx = 0; kx < w->kernel_w; kx++, row += pixels) {
        *row = pixel_at(conv, call, at[p].image, top + (int64_t)ky * w->dilation_h,
                        left + (int64_t)kx * w->dilation_w);
      }
    }
  }
}

/* Kernel rows of pixels that lie inside, `step` bytes from pixel to pixel. */
static void row_runs(
    const bn_conv* conv, const bn_conv_call* call, const uint8_t* first, int64_t step,
    int32_t pixels, runs* r) {
  const bn_window* w = &conv->window;
  int64_t pitch = call->in_w * conv->pixel_bytes * w->dilation_h;
  const uint8_t** row = r->rows;
  for (int32_t ky = 0; ky < w->kernel_h; ky++, first += pitch) {
    const uint8_t* pixel = first;
    for (int32_t p = 0; p < pixels; p++, pixel += step) *row++ = pixel;
  }
  r->segments = w->kernel_h;
  r->bytes = w->kernel_w * conv->pixel_bytes;
}

/* True if a tile's pixels are neighbours in one row and no tap of theirs is in the padding. */
static bool is_plain(
    const bn_conv* conv, const bn_conv_call* call, const bn_position* at, int32_t pixels) {
  const bn_window* w = &conv->window;
  bn_position last = {at->image, at->y, at->x + pixels - 1};
  return (w->dilation_w == 1 || w->kernel_w == 1) && last.x < call->out_w
      && bn_is_inside(conv, call, bn_input_row(conv, at), bn_input_column(conv, at))
      && bn_is_inside(conv, call, bn_input_row(conv, &last), bn_input_column(conv, &last));
}

/* Pixels beyond the last repeat it; their sums are not stored. */
static void find_runs(
    const bn_conv* conv, const bn_conv_call* call, bn_position at, int32_t stored, int32_t pixels,
    runs* r) {
  if (is_plain(conv, call, &at, pixels)) {
    const uint8_t* first = pixel_at(conv, call, at.image, bn_input_row(conv, &at),
                                    bn_input_column(conv, &at));
    row_runs(conv, call, first, (int64_t)conv->window.stride_w * conv->pixel_bytes, pixels, r);
    return;
  }
  bn_position positions[BN_MAX_PIXELS];
  for (int32_t p = 0; p < pixels; p++) {
    positions[p] = at;
    if (p + 1 < stored) bn_position_next(&at, call);
  }
  tap_runs(conv, call, positions, pixels, r);
}

/* Sums too long for int16, from slices that are not. */
static void add_slices(
    const bn_conv* conv, const bn_bit_gemm* gemm, const uint8_t* weights, int32_t channels,
    const runs* r, int32_t* sums) {
  int16_t part[BN_MAX_PIXELS * BN_MAX_CHANNELS];
  int32_t count = gemm->pixels * channels;
  int32_t filter_bytes = conv->backend->bit_expansion * channels;
  for (int32_t i = 0; i < count; i++) sums[i] = conv->base;
  for (int32_t s = 0; s < r->segments; s++) {
    for (int32_t from = 0; from < r->bytes; from += SLICE) {
      const uint8_t* rows[BN_MAX_PIXELS];
      int32_t bytes = (int32_t)bn_min(SLICE, r->bytes - from);
      for (int32_t p = 0; p < gemm->pixels; p++) rows[p] = r->rows[s * gemm->pixels + p] + from;
      gemm->run(rows, 1, bytes, weights, 0, part);
      weights += (size_t)bytes * (size_t)filter_bytes;
      for (int32_t i = 0; i < count; i++) sums[i] += part[i];
    }
  }
}

void bn_run_bits(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block) {
  _Alignas(BN_ALIGNMENT) int32_t sums[BN_MAX_PIXELS * BN_MAX_CHANNELS];
  runs r;
  for (int32_t i = first_block; i < end_block; i++) {
    const bn_filter_block* block = &conv->blocks[i];
    const bn_bit_gemm* gemm = &conv->backend->bits[block->width];
    const uint8_t* weights = conv->weights + block->offset;
    bn_position at = bn_position_of(call, begin);
    for (int64_t pixel = begin; pixel < end; pixel += gemm->pixels) {
      int32_t stored = (int32_t)bn_min(gemm->pixels, end - pixel);
      find_runs(conv, call, at, stored, gemm->pixels, &r);
      if (conv->wide && conv->backend->narrow) {
        add_slices(conv, gemm, weights, block->channels, &r, sums);
      } else {
        gemm->run(r.rows, r.segments, r.bytes, weights, conv->base, sums);
      }
      bn_finish_tile(conv, call, block, pixel, stored, sums, conv->wide);
      for (int32_t p = 0; p < stored; p++) bn_position_next(&at, call);
    }
  }
}
