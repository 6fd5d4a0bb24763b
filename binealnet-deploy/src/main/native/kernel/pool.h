/* What windowed operators share. */
#ifndef BINEALNET_POOL_H
#define BINEALNET_POOL_H

#include "internal.h"

/* The taps of one output pixel that lie inside the image, in bytes. */
typedef struct {
  int64_t row_offset; /* of the first row, in the batch */
  int64_t offset;     /* of the first tap, in the batch */
  int64_t rows, columns;
  int64_t pitch; /* from row to row */
} bn_taps;

/* Those of an output row, whose columns are still to be found. */
static inline bn_taps bn_taps_of_row(const bn_pool* pool, int64_t row) {
  const bn_window* w = &pool->window;
  int64_t top = row % pool->out_h * w->stride_h - w->pad_top;
  int64_t first = bn_max(top, 0);
  bn_taps taps = {.rows = bn_min(top + w->kernel_h, pool->in_h) - first,
                  .pitch = pool->in_w * pool->bytes};
  taps.row_offset = (row / pool->out_h * pool->in_h + first) * taps.pitch;
  return taps;
}

static inline void bn_taps_move(bn_taps* taps, const bn_pool* pool, int64_t column) {
  const bn_window* w = &pool->window;
  int64_t left = column * w->stride_w - w->pad_left;
  int64_t first = bn_max(left, 0);
  taps->columns = bn_min(left + w->kernel_w, pool->in_w) - first;
  taps->offset = taps->row_offset + first * pool->bytes;
}

/* The rounded average of a window's bytes at `corner`. */
static inline int8_t bn_average(const bn_taps* taps, const int8_t* corner, int32_t pixel) {
  int32_t sum = 0;
  for (int64_t r = 0; r < taps->rows; r++, corner += taps->pitch) {
    for (int64_t c = 0; c < taps->columns; c++) sum += corner[c * pixel];
  }
  return (int8_t)bn_round((float)sum / (float)(taps->rows * taps->columns));
}

#endif
