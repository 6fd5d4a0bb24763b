/* Making a convolution: every check, then a private copy of weights and parameters. */
#include "internal.h"

#include <math.h>
#include <string.h>

static const double MOST_FINITE = 1e38;
static const double MOST_QUICK = 1e9; /* numbers that can be rounded to int32 */

enum { MAX_CHANNELS = 1 << 20, MAX_BIT_DEPTH = 1 << 24, MAX_BYTE_DEPTH = 1 << 16 };

static bool check_shape(const bn_conv_spec* s, bn_error* error) {
  if (!bn_window_check(&s->window, error)) return false;
  int64_t taps = (int64_t)s->window.kernel_h * s->window.kernel_w;
  if (taps > BN_MAX_TAPS) {
    return bn_fail(error, "kernel has %lld taps, at most %d are supported", (long long)taps,
                   BN_MAX_TAPS);
  }
  if (s->channels < 1 || s->channels > MAX_CHANNELS) {
    return bn_fail(error, "channels must be from 1 to %d, got %d", MAX_CHANNELS, s->channels);
  }
  if (s->filters < BN_BLOCK || s->filters % BN_BLOCK || s->filters > MAX_CHANNELS) {
    return bn_fail(error, "the number of filters must be a multiple of %d up to %d, got %d",
                   BN_BLOCK, MAX_CHANNELS, s->filters);
  }
  if (s->outputs < 1 || s->outputs > s->filters) {
    return bn_fail(error, "output channels must be from 1 to %d, got %d", s->filters, s->outputs);
  }
  int64_t padded = bn_ceil_div(s->channels, BN_BLOCK) * BN_BLOCK;
  if (s->input == BN_BITS ? s->input_channels != padded : s->input_channels < s->channels) {
    return bn_fail(error, "%d channels need %lld stored, got %d", s->channels,
                   (long long)(s->input == BN_BITS ? padded : s->channels), s->input_channels);
  }
  int64_t depth = taps * s->channels;
  int64_t limit = s->input == BN_BITS ? MAX_BIT_DEPTH : MAX_BYTE_DEPTH;
  if (depth > limit) {
    return bn_fail(error, "sums of %lld products are beyond the limit of %lld", (long long)depth,
                   (long long)limit);
  }
  return true;
}

static bool check_zero_point(const bn_conv_spec* s, bn_error* error) {
  int32_t low = s->input == BN_INT8 ? -128 : 0;
  if (s->input != BN_BITS && (s->zero_point < low || s->zero_point > low + 255)) {
    return bn_fail(error, "zero point must be from %d to %d, got %d", low, low + 255,
                   s->zero_point);
  }
  return true;
}

static bool check_required(const bn_epilogue* e, bn_error* error) {
  bool thresholds = e->kind == BN_TO_BITS || e->kind == BN_ADD_TO_BITS;
  if ((unsigned)e->kind >= BN_EPILOGUES) return bn_fail(error, "unknown epilogue %d", e->kind);
  if (thresholds && !e->thresholds) return bn_fail(error, "thresholds are missing");
  if (e->kind == BN_ADD_TO_BITS && !e->flips) return bn_fail(error, "flips are missing");
  if (e->kind != BN_TO_BITS && (!e->scale || !e->shift)) {
    return bn_fail(error, "scale and shift are missing");
  }
  return true;
}

static double larger(double a, double b) { return a > b ? a : b; }

/* No number in the chain of channel o is larger, up to rounding. */
static double bound_of(const bn_conv_spec* s, int32_t o) {
  const bn_epilogue* e = &s->epilogue;
  double sum = (double)s->channels * s->window.kernel_h * s->window.kernel_w;
  if (s->input != BN_BITS) sum *= 255.0 * 128.0;
  double residual = e->kind == BN_TO_STREAM ? 128.0 * fabs((double)e->residual_factor) : 0;
  double slope = e->kind == BN_TO_STREAM && e->slope ? larger(1, fabs((double)e->slope[o])) : 1;
  return slope * (fabs((double)e->scale[o]) * sum + fabs((double)e->shift[o]) + residual);
}

static double largest_value(const bn_conv_spec* s) {
  double largest = 0;
  for (int32_t o = 0; o < s->filters; o++) largest = larger(largest, bound_of(s, o));
  return largest;
}

/* Only values whose whole chain stays finite: then no instruction set can see a NaN. */
static bool check_finite(const bn_conv_spec* s, bn_error* error) {
  const bn_epilogue* e = &s->epilogue;
  for (int32_t o = 0; o < s->filters; o++) {
    if (e->kind == BN_TO_STREAM && e->slope && !isfinite(e->slope[o])) {
      return bn_fail(error, "slope of channel %d is not finite", o);
    }
    if (!(bound_of(s, o) < MOST_FINITE)) {
      return bn_fail(error, "scale %g, shift %g and residual factor %g of channel %d overflow",
                     (double)e->scale[o], (double)e->shift[o], (double)e->residual_factor, o);
    }
  }
  return true;
}

static bool check(const bn_conv_spec* s, bn_error* error) {
  const bn_epilogue* e = &s->epilogue;
  if (!check_shape(s, error) || !check_zero_point(s, error) || !check_required(e, error)) {
    return false;
  }
  bool quantizes = e->kind == BN_TO_INT8 || e->kind == BN_ADD_TO_BITS;
  if (quantizes && (e->min < -128 || e->max > 127 || e->min > e->max)) {
    return bn_fail(error, "levels must be within -128 to 127, got %d to %d", e->min, e->max);
  }
  return (!quantizes && e->kind != BN_TO_STREAM) || check_finite(s, error);
}

/* A zero-padded copy of `count` of `capacity` elements. */
static bool copy(void* target, const void* source, size_t count, size_t capacity, size_t size) {
  void* memory = NULL;
  if (source) {
    memory = bn_allocate(capacity * size);
    if (!memory) return false;
    memcpy(memory, source, count * size);
  }
  memcpy(target, &memory, sizeof memory);
  return true;
}

static void narrow_thresholds(bn_params* p) {
  for (int32_t o = 0; o < p->filters; o++) {
    p->narrow[o] = (int16_t)bn_max(INT16_MIN, bn_min(INT16_MAX, p->thresholds[o]));
  }
}

/* base - 2 differences < threshold; what no count reaches is clamped. */
static void find_limits(bn_conv* c) {
  bn_params* p = &c->params;
  for (int32_t o = 0; o < p->filters; o++) {
    int64_t margin = (int64_t)c->base - p->thresholds[o];
    int64_t limit = margin < 0 ? -1 : margin / 2;
    p->limits[o] = (int32_t)bn_min(limit, c->base);
  }
}

/*
 * Thresholds of levels from `low` to `high`, which are saturated to bytes before they are compared.
 * False if that would make a difference.
 */
static bool find_levels(bn_params* p, int32_t low, int32_t high) {
  for (int32_t o = 0; o < p->filters; o++) {
    int32_t t = p->thresholds[o];
    bool is_always = t > high;
    bool is_never = t <= low;
    if (!is_always && !is_never && (t <= INT8_MIN || t > INT8_MAX)) return false;
    p->levels[o] = is_always || is_never ? INT8_MIN : (int8_t)t;
    p->always[o / 8] |= (uint8_t)(is_always << o % 8);
  }
  return true;
}

/* What lets sums of signs be compared and packed without a detour. */
static bool prepare_quick(bn_conv* c, const bn_conv_spec* s) {
  bn_params* p = &c->params;
  size_t n = (size_t)p->filters;
  p->limits = bn_allocate(n * sizeof *p->limits);
  p->levels = bn_allocate(n);
  p->always = bn_allocate(n / 8);
  if (!p->limits || !p->levels || !p->always) return false;
  p->quick = p->kind == BN_TO_BITS || p->kind == BN_TO_FLOAT || largest_value(s) < MOST_QUICK;
  if (p->kind == BN_TO_BITS) find_limits(c);
  if (p->kind == BN_ADD_TO_BITS) {
    p->quick &= find_levels(p, p->min + INT8_MIN, p->max + INT8_MAX);
  }
  if (p->kind == BN_TO_STREAM && p->thresholds) find_levels(p, INT8_MIN, INT8_MAX);
  return true;
}

static bool copy_params(bn_params* p, const bn_conv_spec* s) {
  const bn_epilogue* e = &s->epilogue;
  size_t n = (size_t)s->filters;
  size_t reals = e->kind == BN_TO_FLOAT ? (size_t)s->outputs : n;
  bool uses_reals = e->kind != BN_TO_BITS;
  p->kind = e->kind;
  p->filters = s->filters;
  p->outputs = e->kind == BN_TO_FLOAT ? s->outputs : s->filters;
  p->residual_factor = e->residual_factor;
  p->min = e->min;
  p->max = e->max;
  bool done = copy(&p->thresholds, e->thresholds, n, n, sizeof(int32_t))
      && copy(&p->scale, uses_reals ? e->scale : NULL, reals, n, sizeof(float))
      && copy(&p->shift, uses_reals ? e->shift : NULL, reals, n, sizeof(float))
      && copy(&p->slope, e->kind == BN_TO_STREAM ? e->slope : NULL, n, n, sizeof(float));
  if (done && e->thresholds) {
    p->narrow = bn_allocate(n * sizeof(int16_t));
    if (!p->narrow) return false;
    narrow_thresholds(p);
  }
  if (done && e->kind == BN_ADD_TO_BITS) {
    p->flips = bn_allocate(n / 8);
    if (!p->flips) return false;
    for (size_t o = 0; o < n; o++) p->flips[o / 8] |= (uint8_t)((e->flips[o] != 0) << o % 8);
  }
  return done;
}

/* Tiles of 64 channels; an odd 32 at the end makes one of 96, or stands alone. */
static bool split_filters(bn_conv* c, int32_t filters) {
  c->block_count = filters / 64 > 0 ? filters / 64 : 1;
  c->blocks = bn_allocate((size_t)c->block_count * sizeof *c->blocks);
  if (!c->blocks) return false;
  for (int32_t i = 0; i < c->block_count; i++) {
    int32_t rest = filters - 64 * i;
    c->blocks[i].first = 64 * i;
    c->blocks[i].channels = i == c->block_count - 1 ? rest : 64;
    c->blocks[i].width = c->blocks[i].channels / BN_BLOCK - 1;
  }
  return true;
}

/* Whether words are summed channel by channel, see conv_parities.c. */
static bool by_channels(const bn_conv* c) { return c->backend->parities[0].sums; }

/*
 * A filter's bits, those beyond the true channels cleared. With parities the words come in parts of
 * channels, within a part channel by channel.
 */
static void order_filter(const bn_conv* c, const uint8_t* from, int32_t first, int32_t words, uint8_t* to) {
  for (int32_t tap = 0; tap < c->taps; tap++) {
    for (int32_t i = 0; i < 4 * words; i++) {
      int32_t channel_byte = 4 * first + i;
      int32_t valid = (int32_t)bn_max(0, bn_min(8, c->channels - 8 * channel_byte));
      int32_t word = by_channels(c) ? i / 4 * c->taps + tap : tap * words + i / 4;
      to[4 * word + i % 4] =
          (uint8_t)(from[tap * c->pixel_bytes + channel_byte] & ((1 << valid) - 1));
    }
  }
}

/* Packed bytes of one filter. */
static size_t filter_bytes(const bn_conv* c) {
  size_t bytes = (size_t)c->taps * (size_t)c->pixel_bytes;
  return by_channels(c) ? bytes : bytes * (size_t)c->backend->bit_expansion;
}

static void pack_block(
    const bn_conv* c, const bn_filter_block* block, const uint8_t* filters, uint8_t* ordered) {
  uint8_t* packed = c->weights + block->offset;
  int32_t total = c->pixel_bytes / 4;
  for (int32_t first = 0; first < total; first += c->part) {
    int32_t words = (int32_t)bn_min(c->part, total - first);
    size_t bytes = 4 * (size_t)words * (size_t)c->taps;
    for (int32_t o = 0; o < block->channels; o++) {
      const uint8_t* filter = filters + (size_t)o * (size_t)(c->taps * c->pixel_bytes);
      order_filter(c, filter, first, words, ordered + (size_t)o * bytes);
    }
    c->backend->pack_bits(ordered, block->channels, bytes, packed);
    packed += bytes * (size_t)block->channels;
  }
}

static bool pack_bits(bn_conv* c, const bn_conv_spec* s) {
  int32_t total = c->pixel_bytes / 4;
  size_t bytes = (size_t)c->taps * (size_t)c->pixel_bytes;
  c->part = by_channels(c) ? (int32_t)bn_max(1, bn_min(total, BN_MAX_PARITIES / c->taps)) : total;
  size_t packed = filter_bytes(c);
  uint8_t* ordered = bn_allocate(bytes * BN_MAX_CHANNELS);
  c->weights = bn_allocate(packed * (size_t)s->filters);
  c->zeros = bn_allocate((size_t)c->pixel_bytes);
  bool done = ordered && c->weights && c->zeros;
  for (int32_t i = 0; done && i < c->block_count; i++) {
    bn_filter_block* b = &c->blocks[i];
    b->offset = packed * (size_t)b->first;
    pack_block(c, b, (const uint8_t*)s->weights + bytes * (size_t)b->first, ordered);
  }
  bn_free(ordered);
  return done;
}

/* What each product contributes too much because a patch holds x - zero point + pad. */
static void sum_pads(bn_conv* c, const int8_t* weights) {
  int32_t pad = c->backend->patch == BN_PATCH_UINT8 ? c->pad : (int8_t)c->pad;
  if (c->backend->patch == BN_PATCH_INT16) pad = 0;
  for (int32_t o = 0; o < c->params.filters; o++) {
    int32_t sum = 0;
    for (int32_t k = 0; k < c->depth; k++) sum += weights[(size_t)o * (size_t)c->depth + (size_t)k];
    c->base_sums[o] = -pad * sum;
  }
}

/* Filters behind the few true ones stay zero. */
static bool pack_few(bn_conv* c, const bn_conv_spec* s) {
  c->few_pitch = (int32_t)bn_ceil_div(c->depth, BN_FEW_GROUP) * BN_FEW_GROUP;
  c->weights = bn_allocate((size_t)c->few_pitch * BN_FEW);
  if (!c->weights) return false;
  size_t depth = (size_t)c->depth;
  for (int32_t o = 0; o < c->params.outputs; o++) {
    memcpy(c->weights + o * c->few_pitch, (const int8_t*)s->weights + (size_t)o * depth, depth);
  }
  return true;
}

static bool pack_bytes(bn_conv* c, const bn_conv_spec* s) {
  const bn_backend* backend = c->backend;
  int32_t flip = 0;
  if (backend->patch == BN_PATCH_UINT8 && s->input == BN_INT8) flip = 128;
  if (backend->patch == BN_PATCH_INT8 && s->input == BN_UINT8) flip = -128;
  c->depth = c->taps * c->channels;
  c->pad = (uint8_t)(s->zero_point + flip);
  size_t depth = (size_t)(bn_ceil_div(c->depth, backend->group) * backend->group);
  size_t filter = depth * (size_t)backend->weight_size;
  c->base_sums = bn_allocate((size_t)s->filters * sizeof(int32_t));
  if (!c->base_sums) return false;
  sum_pads(c, s->weights);
  if (backend->multiply_few && c->params.outputs <= BN_FEW) return pack_few(c, s);
  c->weights = bn_allocate(filter * (size_t)s->filters);
  if (!c->weights) return false;
  for (int32_t i = 0; i < c->block_count; i++) {
    bn_filter_block* b = &c->blocks[i];
    const int8_t* first = (const int8_t*)s->weights + (size_t)b->first * (size_t)c->depth;
    b->offset = filter * (size_t)b->first;
    backend->pack_bytes(first, b->channels, c->depth, c->weights + b->offset);
  }
  return true;
}

static bool fill(bn_conv* c, const bn_conv_spec* s) {
  c->input = s->input;
  c->window = s->window;
  c->channels = s->channels;
  c->input_channels = s->input_channels;
  c->taps = s->window.kernel_h * s->window.kernel_w;
  c->pixel_bytes = s->input == BN_BITS ? s->input_channels / 8 : s->input_channels;
  c->base = c->taps * c->channels;
  c->wide = s->input != BN_BITS || !c->backend->narrow || c->base > BN_MAX_NARROW;
  if (!copy_params(&c->params, s) || !split_filters(c, s->filters)) return false;
  if (s->input != BN_BITS) return pack_bytes(c, s);
  return prepare_quick(c, s) && pack_bits(c, s);
}

bn_conv* bn_conv_create(const bn_conv_spec* spec, const bn_backend* backend, bn_error* error) {
  if (!check(spec, error)) return NULL;
  bn_conv* conv = bn_allocate(sizeof *conv);
  if (conv) {
    conv->backend = backend;
    if (fill(conv, spec)) return conv;
  }
  bn_conv_destroy(conv);
  bn_fail(error, "not enough memory for a convolution of %d filters", spec->filters);
  return NULL;
}

void bn_conv_destroy(bn_conv* c) {
  if (!c) return;
  bn_params* p = &c->params;
  void* parts[] = {p->thresholds, p->narrow, p->limits, p->levels, p->always, p->scale, p->shift, p->slope, p->flips,
                   c->base_sums, c->weights, c->zeros, c->blocks};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) bn_free(parts[i]);
  bn_free(c);
}
