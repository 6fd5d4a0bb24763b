/* The end of a tile's journey, shared by both kinds of convolution. */
#ifndef BINEALNET_TILES_H
#define BINEALNET_TILES_H

#include "internal.h"

/* Applies the epilogue to `pixels` pixels and stores them. */
void bn_finish_tile(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, int64_t pixel,
    int32_t pixels, const void* sums, bool wide);

/* The input row and column of the first tap; negative in the padding. */
static inline int64_t bn_input_row(const bn_conv* conv, const bn_position* at) {
  return at->y * conv->window.stride_h - conv->window.pad_top;
}

static inline int64_t bn_input_column(const bn_conv* conv, const bn_position* at) {
  return at->x * conv->window.stride_w - conv->window.pad_left;
}

/* True if no tap of the window lies in the padding. */
static inline bool bn_is_inside(const bn_conv* conv, const bn_conv_call* call, int64_t y, int64_t x) {
  const bn_window* w = &conv->window;
  return y >= 0 && x >= 0 && y + (int64_t)(w->kernel_h - 1) * w->dilation_h < call->in_h
      && x + (int64_t)(w->kernel_w - 1) * w->dilation_w < call->in_w;
}

#endif
