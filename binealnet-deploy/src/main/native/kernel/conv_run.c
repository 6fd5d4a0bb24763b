/* Running a convolution: how the work is split, and what happens to a tile after its sums. */
#include "internal.h"
#include "tiles.h"

enum {
  STEP = 12,        /* pixels: whole tiles */
  MOST_PIXELS = 48, /* that share a pass over the filters' weights */
  UNITS = 8        /* keep every thread busy */
};

bn_grid bn_conv_grid(const bn_conv* conv, const bn_conv_call* call) {
  bn_grid g = {.pixels = call->batch * call->out_h * call->out_w};
  g.unit_pixels = bn_max(STEP, bn_min(MOST_PIXELS, g.pixels / UNITS / STEP * STEP));
  g.columns = bn_ceil_div(g.pixels, g.unit_pixels);
  int64_t rows = bn_min(conv->block_count, bn_ceil_div(UNITS, bn_max(1, g.columns)));
  g.unit_blocks = (int32_t)bn_ceil_div(conv->block_count, rows);
  g.units = g.columns * bn_ceil_div(conv->block_count, g.unit_blocks);
  return g;
}

void bn_conv_run(const bn_conv* conv, const bn_conv_call* call, const bn_grid* g, int64_t unit) {
  int64_t begin = unit % g->columns * g->unit_pixels;
  int64_t end = bn_min(begin + g->unit_pixels, g->pixels);
  int32_t first = (int32_t)(unit / g->columns) * g->unit_blocks;
  int32_t last = (int32_t)bn_min(first + g->unit_blocks, conv->block_count);
  bn_run_fn run = conv->input == BN_BITS ? conv->backend->run_bits : bn_run_bytes;
  run(conv, call, begin, end, first, last);
}

void bn_finish_tile(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, int64_t pixel,
    int32_t pixels, const void* sums, bool wide) {
  bn_tile tile = {.params = &conv->params, .call = call, .sums = sums, .pixel = pixel,
                  .pixels = pixels, .channel = block->first,
                  .channels = block->channels};
  const bn_backend* backend = conv->backend;
  (wide ? backend->epilogues : backend->narrow_epilogues)[conv->params.kind](&tile);
}
