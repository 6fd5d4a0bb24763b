/*
 * Convolution of bits by parities. The words of a window are taken channel by channel, for each the
 * taps in order, so that the running parities of many pixels are formed at once: those of a tap are
 * those of the tap before xor the words of the pixels, and neighbouring pixels' words are one run.
 */
#include "internal.h"
#include "tiles.h"

#include <string.h>
#if defined(__AVX512F__)
#include <immintrin.h>
#endif

enum {
  TILE = 6,               /* pixels: whole tiles of every width */
  MOST_PIXELS = 8 * TILE, /* of a pass */
  MOST_WORDS = 8 << 10    /* parities of a pass */
};

_Static_assert(BN_MAX_PARITIES * TILE <= MOST_WORDS, "a window's part must fit");

/* A pass over a few pixels. */
typedef struct {
  bn_position start;
  int64_t pixel;   /* the first, counted through the batch */
  int32_t pixels;  /* that are stored */
  int32_t rounded; /* to whole tiles; what is beyond is all zeros */
  int64_t first;   /* channel word of each pixel */
  int32_t part;    /* channel words of each pixel */
  int32_t row;     /* words of one tap */
  int32_t words;   /* of a window's part */
  int32_t offsets[BN_MAX_PARITIES];
  _Alignas(BN_ALIGNMENT) uint32_t parities[MOST_WORDS]; /* [taps][rounded][part] */
  _Alignas(BN_ALIGNMENT) int32_t sums[MOST_PIXELS * BN_MAX_CHANNELS];
} pass;

/* to = before xor from, of words. */
static inline void xor_words(
    uint32_t* restrict to, const uint32_t* restrict before, const uint8_t* restrict from,
    int64_t words) {
#if defined(__AVX512F__)
  /* Runs are short, and the compiler would end each word by word. */
  for (int64_t i = 0; i < words; i += 16) {
    __mmask16 lanes = (__mmask16)(words - i >= 16 ? 0xffff : (1 << (words - i)) - 1);
    __m512i x = _mm512_maskz_loadu_epi32(lanes, from + 4 * i);
    __m512i y = _mm512_maskz_loadu_epi32(lanes, before + i);
    _mm512_mask_storeu_epi32(to + i, lanes, _mm512_xor_si512(x, y));
  }
#else
  for (int64_t i = 0; i < words; i++) {
    uint32_t word;
    memcpy(&word, from + 4 * i, sizeof word);
    to[i] = before[i] ^ word;
  }
#endif
}

static void copy_words(uint32_t* restrict to, const uint32_t* restrict from, int64_t words) {
  for (int64_t i = 0; i < words; i++) to[i] = from[i];
}

/* Neighbouring output pixels of a row, and the places of their parities of a first tap. */
typedef struct {
  bn_position at;
  int64_t count;
  int64_t offset;
} run;

/* Pixels `begin` to `end` of a run whose columns, the first of them `x`, lie inside. */
static inline void find_inside(
    const bn_conv_call* call, int64_t x, int64_t stride, int64_t count, int64_t* begin,
    int64_t* end) {
  *begin = x < 0 ? bn_min(count, bn_ceil_div(-x, stride)) : 0;
  *end = count;
  if (x + (count - 1) * stride >= call->in_w) {
    *end = x < call->in_w ? bn_max(*begin, bn_ceil_div(call->in_w - x, stride)) : *begin;
  }
}

/* One tap of a run, which sees the input row `row` from column `x` on; the padding is +1. */
static inline void add_tap(
    const bn_conv* conv, const bn_conv_call* call, const pass* p, const uint8_t* row, int64_t x,
    int64_t count, const uint32_t* before, uint32_t* to) {
  int64_t stride = conv->window.stride_w;
  int64_t step = stride * conv->pixel_bytes;
  int64_t part = p->part;
  int64_t begin, end;
  find_inside(call, x, stride, count, &begin, &end);
  if (begin > 0) copy_words(to, before, begin * part);
  if (end < count) copy_words(to + end * part, before + end * part, (count - end) * part);
  const uint8_t* from = row + (x + begin * stride) * conv->pixel_bytes;
  if (step == 4 * part) {
    xor_words(to + begin * part, before + begin * part, from, (end - begin) * part);
    return;
  }
  for (int64_t i = begin; i < end; i++, from += step) {
    xor_words(to + i * part, before + i * part, from, part);
  }
}

/* All taps of a run: the parities of each channel word alone. */
static void add_run(const bn_conv* conv, const bn_conv_call* call, const run* r, pass* p) {
  static const uint32_t zeros[MOST_WORDS];
  const bn_window* w = &conv->window;
  const uint32_t* before = zeros;
  uint32_t* to = p->parities + r->offset;
  int64_t left = bn_input_column(conv, &r->at);
  for (int32_t ky = 0; ky < w->kernel_h; ky++) {
    int64_t y = bn_input_row(conv, &r->at) + (int64_t)ky * w->dilation_h;
    bool outside = y < 0 || y >= call->in_h;
    const uint8_t* row = (const uint8_t*)call->input + 4 * p->first;
    if (!outside) row += (r->at.image * call->in_h + y) * call->in_w * conv->pixel_bytes;
    for (int32_t kx = 0; kx < w->kernel_w; kx++, before = to, to += p->row) {
      if (outside) {
        copy_words(to, before, r->count * p->part);
      } else {
        add_tap(conv, call, p, row, left + (int64_t)kx * w->dilation_w, r->count, before, to);
      }
    }
  }
}

static void add_words(uint32_t* restrict to, const uint32_t* restrict more, int64_t words) {
  for (int64_t i = 0; i < words; i++) to[i] ^= more[i];
}

/* Adds to every word of a channel the channels before it. */
static void add_channels(const bn_conv* conv, pass* p) {
  uint32_t before[MOST_WORDS / 2];
  const uint32_t* all = p->parities + (conv->taps - 1) * p->row;
  for (int32_t i = 0; i < p->row; i += p->part) {
    uint32_t parity = 0;
    for (int32_t c = 0; c < p->part; c++) {
      before[i + c] = parity;
      parity ^= all[i + c];
    }
  }
  for (int32_t tap = 0; tap < conv->taps; tap++) add_words(p->parities + tap * p->row, before, p->row);
}

/* Where the words are, in their order. */
static void find_words(const bn_conv* conv, pass* p) {
  p->words = 0;
  for (int32_t c = 0; c < p->part; c++) {
    for (int32_t tap = 0; tap < conv->taps; tap++) p->offsets[p->words++] = tap * p->row + c;
  }
}

/* Parities of the channel words from `first` on. */
static void gather(const bn_conv* conv, const bn_conv_call* call, int32_t first, pass* p) {
  p->first = first;
  p->part = (int32_t)bn_min(conv->part, conv->pixel_bytes / 4 - first);
  p->row = p->rounded * p->part;
  run r = {.at = p->start};
  for (int64_t left = p->pixels; left > 0; left -= r.count) {
    r.count = bn_min(call->out_w - r.at.x, left);
    add_run(conv, call, &r, p);
    r.offset += r.count * p->part;
    r.at.x += r.count - 1;
    bn_position_next(&r.at, call);
  }
  size_t rest = sizeof *p->parities * (size_t)(p->rounded - p->pixels) * (size_t)p->part;
  for (int32_t tap = 1; rest && tap <= conv->taps; tap++) {
    memset((uint8_t*)(p->parities + tap * p->row) - rest, 0, rest);
  }
  if (p->part > 1) add_channels(conv, p);
  find_words(conv, p);
}

/* The pixels of a pass from the i-th on. */
static bn_parity_tile tile_of(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, const pass* p,
    int32_t i) {
  bn_parity_tile t = {
      .parities = p->parities + i * p->part, .stride = p->part, .offsets = p->offsets,
      .words = p->words, .weights = conv->weights + block->offset, .base = conv->base,
      .params = &conv->params, .call = call, .pixel = p->pixel + i, .pixels = p->pixels - i,
      .channel = block->first};
  return t;
}

static void finish_quickly(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, const pass* p) {
  bn_parity_tile t = tile_of(conv, call, block, p, 0);
  conv->backend->parities[block->width].finish[conv->params.kind](&t);
}

/* Adds the part's sums to what p->sums holds; an epilogue of plain sums takes them from there. */
static void add_sums(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, size_t offset,
    pass* p) {
  const bn_parity_gemm* gemm = &conv->backend->parities[block->width];
  _Alignas(BN_ALIGNMENT) int32_t sums[TILE * BN_MAX_CHANNELS];
  for (int32_t i = 0; i < p->pixels; i += gemm->pixels) {
    bn_parity_tile t = tile_of(conv, call, block, p, i);
    t.weights += offset;
    t.base = 0;
    gemm->sums(&t, sums);
    int32_t* to = p->sums + i * block->channels;
    for (int32_t j = 0; j < gemm->pixels * block->channels; j++) to[j] += sums[j];
  }
}

/* Any number of parts, some channels after the others. */
static void run_parts(
    const bn_conv* conv, const bn_conv_call* call, const bn_filter_block* block, pass* p) {
  int32_t total = conv->pixel_bytes / 4;
  size_t offset = 0;
  for (int32_t i = 0; i < p->rounded * block->channels; i++) p->sums[i] = conv->base;
  for (int32_t first = 0; first < total; first += conv->part) {
    if (conv->part < total) gather(conv, call, first, p);
    add_sums(conv, call, block, offset, p);
    offset += 4 * (size_t)p->words * (size_t)block->channels;
  }
  bn_finish_tile(conv, call, block, p->pixel, p->pixels, p->sums, true);
}

static void run_pass(
    const bn_conv* conv, const bn_conv_call* call, int32_t first_block, int32_t end_block,
    pass* p) {
  bool whole = conv->part * 4 >= conv->pixel_bytes;
  if (whole) gather(conv, call, 0, p);
  for (int32_t i = first_block; i < end_block; i++) {
    if (whole && conv->params.quick) {
      finish_quickly(conv, call, &conv->blocks[i], p);
    } else {
      run_parts(conv, call, &conv->blocks[i], p);
    }
  }
}

void bn_run_parities(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block) {
  pass p;
  p.start = bn_position_of(call, begin);
  int64_t most = bn_min(MOST_PIXELS, MOST_WORDS / (conv->taps * conv->part) / TILE * TILE);
  for (p.pixel = begin; p.pixel < end; p.pixel += most) {
    p.pixels = (int32_t)bn_min(most, end - p.pixel);
    p.rounded = (int32_t)(bn_ceil_div(p.pixels, TILE) * TILE);
    run_pass(conv, call, first_block, end_block, &p);
    for (int32_t i = 0; i < p.pixels; i++) bn_position_next(&p.start, call);
  }
}
