/* The operators between convolutions, refusals, and backends by name. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "binealnet.h"
#include "random.h"

static const char* const backends[] = {"scalar", "avx2", "avx512", "neon", "neondot"};
static int failures;

static void check(bool holds, const char* what, int32_t a, int32_t b) {
  if (holds) return;
  failures++;
  printf("failed: %s (%d, %d)\n", what, a, b);
}

static bool bit(const uint8_t* bits, int64_t index) { return bits[index / 8] >> index % 8 & 1; }

static float any_real(void) {
  static const float special[] = {NAN, -NAN, INFINITY, -INFINITY, 0.0f, -0.0f, 1e-45f, -1e-45f};
  return between(0, 3) ? real(2) : special[between(0, 7)];
}

/* For pixels at and about every edge: fractions, below 0, above 255, infinite, not a number. */
static float any_threshold(bn_number_kind kind) {
  if (kind == BN_REALS || !between(0, 4)) return any_real();
  return between(0, 1) ? (float)between(-1, 257) : 128 + real(140);
}

/* One pixel and channel, for every form of storage. */
typedef struct {
  bn_number_kind kind;
  bool planes;
  int32_t channels;
  int64_t plane; /* pixels */
  const void* x;
} numbers;

static float number(const numbers* n, int64_t pixel, int32_t c) {
  int64_t at = n->planes ? c * n->plane + pixel : pixel * n->channels + c;
  return n->kind == BN_PIXELS ? ((const uint8_t*)n->x)[at] : ((const float*)n->x)[at];
}

/* Many of them equal their threshold. */
static void* any_numbers(const numbers* n, const float* thresholds) {
  int64_t count = n->plane * n->channels;
  if (n->kind == BN_PIXELS) return noise((size_t)count);
  float* x = memory((size_t)count * sizeof *x);
  for (int64_t i = 0; i < count; i++) {
    int64_t c = n->planes ? i / n->plane : i % n->channels;
    x[i] = between(0, 3) ? any_real() : thresholds[c];
  }
  return x;
}

static void test_unbinarize(const numbers* n, const float* thresholds, const uint8_t* y) {
  float* back = memory((size_t)(n->plane * n->channels) * sizeof *back);
  bn_unbinarize(y, n->channels, n->plane, back);
  bool same = true;
  for (int64_t i = 0; i < n->plane * n->channels; i++) {
    int32_t c = (int32_t)(i % n->channels);
    same = same && back[i] == (number(n, i / n->channels, c) < thresholds[c] ? -1.0f : 1.0f);
  }
  check(same, "unbinarize", n->channels, (int32_t)n->plane);
  free(back);
}

/* All pixels of an image, but in pieces, as threads take them. */
static void test_binarize(
    const bn_backend* backend, bn_number_kind kind, bool planes, int32_t channels, int64_t pixels) {
  int32_t padded = (channels + 31) / 32 * 32;
  float* thresholds = memory((size_t)channels * sizeof *thresholds);
  for (int32_t c = 0; c < channels; c++) thresholds[c] = any_threshold(kind);
  numbers n = {kind, planes, channels, pixels, NULL};
  void* x = any_numbers(&n, thresholds);
  n.x = x;
  uint8_t* y = memory((size_t)(pixels * padded / 8));
  size_t size = kind == BN_PIXELS ? 1 : sizeof(float);
  for (int64_t at = 0, count; at < pixels; at += count) {
    count = between(1, (int32_t)(pixels - at));
    uint8_t* to = y + at * padded / 8;
    if (planes) {
      const char* from = (const char*)x + (size_t)at * size;
      bn_binarize_planes(backend, kind, from, thresholds, channels, pixels, count, to);
    } else {
      const char* from = (const char*)x + (size_t)(at * channels) * size;
      bn_binarize(backend, kind, from, thresholds, channels, count, to);
    }
  }
  bool same = true;
  for (int64_t i = 0; i < pixels; i++) {
    for (int32_t c = 0; c < padded; c++) {
      bool expected = c < channels && number(&n, i, c) < thresholds[c];
      same = same && bit(y, i * padded + c) == expected;
    }
  }
  check(same, planes ? "binarize planes" : "binarize", channels, (int32_t)pixels);
  test_unbinarize(&n, thresholds, y);
  free(x);
  free(thresholds);
  free(y);
}

/* Every pixel against thresholds around each of them. */
static void test_all_pixels(const bn_backend* backend, bool planes) {
  enum { VALUES = 256, CHANNELS = 5 };
  uint8_t x[VALUES * CHANNELS], y[VALUES * 4];
  for (int i = 0; i < VALUES * CHANNELS; i++) {
    x[i] = (uint8_t)(planes ? i % VALUES : i / CHANNELS);
  }
  bool same = true;
  for (int level = -1; level <= 257; level++) {
    float t = (float)level;
    float thresholds[CHANNELS] = {t - 0.5f, nextafterf(t, -1e9f), t, nextafterf(t, 1e9f), t + 0.5f};
    if (planes) {
      bn_binarize_planes(backend, BN_PIXELS, x, thresholds, CHANNELS, VALUES, VALUES, y);
    } else {
      bn_binarize(backend, BN_PIXELS, x, thresholds, CHANNELS, VALUES, y);
    }
    for (int i = 0; i < VALUES * CHANNELS; i++) {
      bool below = (double)(i / CHANNELS) < (double)thresholds[i % CHANNELS];
      same = same && bit(y, i / CHANNELS * BN_BLOCK + i % CHANNELS) == below;
    }
  }
  check(same, "all pixels", planes, 0);
}

static void test_binarizers(const bn_backend* backend) {
  static const int32_t channels[] = {1, 3, 7, 8, 31, 32, 33, 64, 65, 96, 127, 160};
  static const int32_t pixels[] = {1, 2, 15, 127, 128, 129, 300};
  for (int form = 0; form < 4; form++) {
    bn_number_kind kind = form % 2 ? BN_PIXELS : BN_REALS;
    for (size_t c = 0; c < sizeof channels / sizeof *channels; c++) {
      for (size_t p = 0; p < sizeof pixels / sizeof *pixels; p++) {
        test_binarize(backend, kind, form / 2, channels[c], pixels[p]);
      }
    }
  }
  test_all_pixels(backend, false);
  test_all_pixels(backend, true);
}

static void test_stream_binarize(const bn_backend* backend, int32_t channels, int64_t pixels) {
  int8_t* x = (int8_t*)noise((size_t)(pixels * channels));
  int32_t* thresholds = memory((size_t)channels * sizeof *thresholds);
  for (int32_t c = 0; c < channels; c++) thresholds[c] = between(-128, 128);
  thresholds[0] = 128;
  thresholds[channels - 1] = -128;
  uint8_t* y = memory((size_t)(pixels * channels / 8));
  bn_stream_binarize(backend, x, thresholds, channels, pixels, y);
  bool same = true;
  for (int64_t i = 0; i < pixels * channels; i++) {
    same = same && bit(y, i) == (x[i] < thresholds[i % channels]);
  }
  check(same, "stream binarize", channels, (int32_t)pixels);
  free(x);
  free(thresholds);
  free(y);
}

static int32_t fold(bn_pool_kind kind, int32_t a, int32_t b) {
  if (kind == BN_MAX_BITS) return a & b;
  return kind == BN_AVERAGE_INT8 ? a + b : a > b ? a : b;
}

static int32_t pooled(bn_pool_kind kind, const bn_pool* pool, const uint8_t* x, int64_t row, int64_t column,
                      int32_t b) {
  const bn_window* w = &pool->window;
  int32_t result = kind == BN_MAX_BITS ? 0xff : kind == BN_MAX_INT8 ? -128 : 0;
  for (int32_t tap = 0; tap < w->kernel_h * w->kernel_w; tap++) {
    int64_t y = row % pool->out_h * w->stride_h - w->pad_top + tap / w->kernel_w;
    int64_t c = column * w->stride_w - w->pad_left + tap % w->kernel_w;
    if (y < 0 || c < 0 || y >= pool->in_h || c >= pool->in_w) continue;
    int64_t at = ((row / pool->out_h * pool->in_h + y) * pool->in_w + c) * pool->bytes + b;
    result = fold(kind, result, kind == BN_MAX_BITS ? x[at] : (int8_t)x[at]);
  }
  if (kind != BN_AVERAGE_INT8) return result;
  return (int32_t)rintf((float)result / (float)(w->kernel_h * w->kernel_w));
}

static void test_pool(const bn_backend* backend, bn_pool_kind kind, int index) {
  seed((uint64_t)(1000 + index));
  int32_t kernel = between(1, 3);
  int32_t pad = kind == BN_AVERAGE_INT8 ? 0 : between(0, kernel - 1);
  bn_pool pool = {{kernel, between(1, 3), between(1, 3), between(1, 3), 1, 1, pad, 0, pad, 0},
                  between(3, 9), between(3, 9), 0, 0, between(1, 80)};
  bn_error error;
  check(bn_window_output(&pool.window, pool.in_h, pool.in_w, &pool.out_h, &pool.out_w, &error),
        "pool extents", kind, index);
  int64_t batch = between(1, 3);
  uint8_t* x = noise((size_t)(batch * pool.in_h * pool.in_w * pool.bytes));
  uint8_t* y = memory((size_t)(batch * pool.out_h * pool.out_w * pool.bytes));
  bool same = true;
  for (int64_t row = 0; row < batch * pool.out_h; row++) {
    bn_pool_row(backend, kind, &pool, x, y, row);
    for (int64_t i = 0; i < pool.out_w * pool.bytes; i++) {
      int32_t expected =
          pooled(kind, &pool, x, row, i / pool.bytes, (int32_t)(i % pool.bytes));
      same = same && y[row * pool.out_w * pool.bytes + i] == (uint8_t)expected;
    }
  }
  check(same, "pool", kind, index);
  free(x);
  free(y);
}

/* Sums that reach both ends of int8 and beyond, halves that round to even. */
static void test_global_pool(const bn_backend* backend, int32_t channels, int64_t pixels) {
  int32_t padded = (channels + 31) / 32 * 32;
  float factor = ldexpf(1, between(-12, 1));
  uint8_t* bits = noise((size_t)(pixels * padded / 8));
  int8_t* x = (int8_t*)noise((size_t)(pixels * padded));
  for (int64_t i = 0; i < pixels; i++) x[i * padded] = -128, x[i * padded + 1] = 127;
  for (int64_t i = 0; i < pixels; i++) bits[i * padded / 8] |= 1;
  int8_t* y = memory((size_t)padded);
  int8_t* z = memory((size_t)padded);
  bn_global_pool_bits(backend, bits, pixels, channels, factor, y);
  bn_global_pool_int8(backend, x, pixels, padded, factor, z);
  bool same = true;
  for (int32_t c = 0; c < padded; c++) {
    int32_t signs = 0, sum = 0;
    for (int64_t i = 0; i < pixels; i++) {
      signs += bit(bits, i * padded + c) ? -1 : 1;
      sum += x[i * padded + c];
    }
    if (c >= channels) signs = 0;
    same = same && y[c] == (int8_t)fminf(127, fmaxf(-128, rintf((float)signs * factor)));
    same = same && z[c] == (int8_t)fminf(127, fmaxf(-128, rintf((float)sum * factor)));
  }
  check(same, "global pool", channels, (int32_t)pixels);
  free(bits);
  free(x);
  free(y);
  free(z);
}

static void test_upsample(int32_t factor_h, int32_t factor_w) {
  enum { HEIGHT = 3, WIDTH = 5, BYTES = 12 };
  uint8_t* x = noise(HEIGHT * WIDTH * BYTES);
  int64_t out_w = WIDTH * factor_w;
  uint8_t* y = memory((size_t)(HEIGHT * factor_h * out_w * BYTES));
  bool same = true;
  for (int64_t row = 0; row < HEIGHT * factor_h; row++) {
    bn_upsample(x, y, row, WIDTH, BYTES, factor_h, factor_w);
    for (int64_t i = 0; i < out_w; i++) {
      const uint8_t* from = x + (row / factor_h * WIDTH + i / factor_w) * BYTES;
      same = same && !memcmp(from, y + (row * out_w + i) * BYTES, BYTES);
    }
  }
  check(same, "upsample", factor_h, factor_w);
  free(x);
  free(y);
}

static void test_depth_to_space(int32_t factor, int32_t channels) {
  enum { HEIGHT = 3, WIDTH = 5 };
  int64_t out_w = WIDTH * factor;
  int64_t depth = (int64_t)channels * factor * factor;
  size_t count = (size_t)(HEIGHT * WIDTH * depth);
  float* x = memory(count * sizeof *x);
  float* y = memory(count * sizeof *y);
  for (size_t i = 0; i < count; i++) x[i] = (float)i;
  bool same = true;
  for (int64_t row = 0; row < HEIGHT * factor; row++) {
    bn_depth_to_space(x, y, row, WIDTH, channels, factor);
    for (int64_t i = 0; i < out_w * channels; i++) {
      int64_t column = i / channels;
      int64_t place = row % factor * factor + column % factor;
      int64_t pixel = row / factor * WIDTH + column / factor;
      int64_t from = pixel * depth + place * channels + i % channels;
      same = same && y[row * out_w * channels + i] == x[from];
    }
  }
  check(same, "depth to space", factor, channels);
  free(x);
  free(y);
}

/* Each specification is wrong in one way; the message names it. */
static void test_refusals(void) {
  static uint8_t weights[64 * 9 * 8];
  static int32_t thresholds[64];
  static float reals[64], large[64];
  large[5] = 1e37f;
  bn_conv_spec good = {.input = BN_BITS, .window = {3, 3, 1, 1, 1, 1, 1, 1, 1, 1}, .channels = 64,
                       .input_channels = 64, .filters = 64, .outputs = 64, .weights = weights,
                       .epilogue = {.kind = BN_TO_BITS, .thresholds = thresholds}};
  bn_conv_spec wrong[11];
  static const char* const messages[] = {
      "kernel height", "horizontal stride", "vertical dilation", "padding", "taps", "channels",
      "multiple of 32", "stored", "thresholds are missing", "overflow", "levels"};
  for (int i = 0; i < 11; i++) wrong[i] = good;
  wrong[0].window.kernel_h = 0;
  wrong[1].window.stride_w = -1;
  wrong[2].window.dilation_h = 1 << 30;
  wrong[3].window.pad_left = -1;
  wrong[4].window.kernel_h = 1000;
  wrong[5].channels = 0;
  wrong[6].filters = 48;
  wrong[7].input_channels = 96;
  wrong[8].epilogue.thresholds = NULL;
  wrong[9].epilogue = (bn_epilogue){.kind = BN_TO_STREAM, .scale = large, .shift = reals};
  wrong[10].epilogue =
      (bn_epilogue){.kind = BN_TO_INT8, .scale = reals, .shift = reals, .min = -200, .max = 7};
  bn_error error;
  const bn_backend* backend = bn_backend_default(&error);
  for (int i = 0; i < 11; i++) {
    bn_conv* conv = bn_conv_create(&wrong[i], backend, &error);
    check(!conv && strstr(error.text, messages[i]), messages[i], i, 0);
    bn_conv_destroy(conv);
  }
  bn_conv* conv = bn_conv_create(&good, backend, &error);
  check(conv, "the unchanged specification is accepted", 0, 0);
  bn_conv_destroy(conv);
  int64_t h, w;
  check(!bn_window_output(&good.window, 0, 5, &h, &w, &error), "zero height", 0, 0);
  good.window.pad_top = good.window.pad_bottom = 0;
  check(!bn_window_output(&good.window, 2, 5, &h, &w, &error), "small image", 0, 0);
  check(!bn_backend_named("mmx", &error) && strstr(error.text, "mmx"), "unknown backend", 0, 0);
}

int main(void) {
  for (size_t b = 0; b < sizeof backends / sizeof *backends; b++) {
    const bn_backend* backend = bn_backend_named(backends[b], NULL);
    if (!backend) continue;
    seed(b);
    printf("%s\n", bn_backend_name(backend));
    for (int32_t channels = 1; channels < 140; channels += 7) {
      test_stream_binarize(backend, (channels / 32 + 1) * 32, between(1, 9));
    }
    test_binarizers(backend);
    for (int32_t channels = 1; channels < 140; channels += 9) {
      test_global_pool(backend, channels, between(1, 70));
    }
    test_global_pool(backend, 40, 255);
    test_global_pool(backend, 96, 256);
    test_global_pool(backend, 33, 257);
    test_global_pool(backend, 32, 1 << 16);
    for (int i = 0; i < 60; i++) {
      test_pool(backend, BN_MAX_BITS, i);
      test_pool(backend, BN_MAX_INT8, i);
      test_pool(backend, BN_AVERAGE_INT8, i);
    }
  }
  test_upsample(2, 2);
  test_upsample(3, 1);
  test_depth_to_space(1, 4);
  test_depth_to_space(2, 3);
  test_depth_to_space(4, 1);
  test_refusals();
  printf("%d failures\n", failures);
  return failures != 0;
}
