/* Running a convolution: how the work is split, and what happens to a tile after its sums. */
#include "internal.h"
#include "tiles.h"

enum {
  CHUNK = 48,       /* pixels that share a pass over a filter block's weights: whole tiles */
  ENOUGH_UNITS = 16 /* beyond this, pixels alone keep every thread busy */
};

static int64_t pixels_of(const bn_conv_call* call) {
  return call->batch * call->out_h * call->out_w;
}

/* Few pixels: filter blocks are separate units as well. */
static bool splits_blocks(int64_t chunks) { return chunks < ENOUGH_UNITS; }

int64_t bn_conv_units(const bn_conv* conv, const bn_conv_call* call) {
  int64_t chunks = bn_ceil_div(pixels_of(call), CHUNK);
  return splits_blocks(chunks) ? chunks * conv->block_count : chunks;
}

void bn_conv_run(const bn_conv* conv, const bn_conv_call* call, int64_t unit) {
  int64_t pixels = pixels_of(call);
  int64_t chunks = bn_ceil_div(pixels, CHUNK);
  int64_t begin = unit % chunks * CHUNK;
  int64_t end = bn_min(begin + CHUNK, pixels);
  int32_t first = 0;
  int32_t last = conv->block_count;
  if (splits_blocks(chunks)) {
    first = (int32_t)(unit / chunks);
    last = first + 1;
  }
  if (conv->input == BN_BITS) {
    bn_run_bits(conv, call, begin, end, first, last);
  } else {
    bn_run_bytes(conv, call, begin, end, first, last);
  }
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
