/*
 * Convolutions on a seeded grid: every backend of this CPU, on 1 to 4 threads, against the naive loops,
 * bit for bit.
 * Usage: test_conv [first configuration] [end]
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "naive.h"
#include "random.h"

enum { CONFIGURATIONS = 1200, MOST_THREADS = 4, GUARD = 64, GUARD_BYTE = 0x5a };

static const char* const backends[] = {"scalar", "avx2", "avx512", "neon", "neondot"};
enum { BACKENDS = sizeof backends / sizeof *backends };

typedef struct {
  bn_conv_spec spec;
  bn_conv_call call;
  naive_result expected;
  int64_t pixels;
} configuration;

/* Channel counts around tiles; few are large, so that the grid stays quick. */
static int32_t some_channels(void) {
  static const int32_t counts[] = {1, 3, 16, 31, 32, 33, 63, 64, 65, 96, 97, 128, 160};
  return counts[between(0, sizeof counts / sizeof *counts - 1)];
}

static void choose_window(bn_window* w) {
  static const int32_t kernels[] = {1, 1, 2, 3, 3, 3, 5, 7};
  w->kernel_h = kernels[between(0, 7)];
  w->kernel_w = between(0, 3) ? w->kernel_h : kernels[between(0, 7)];
  w->stride_h = w->stride_w = between(1, 3);
  if (!between(0, 5)) w->stride_w = between(1, 3);
  w->dilation_h = w->dilation_w = between(0, 3) ? 1 : between(2, 3);
  w->pad_top = between(0, w->kernel_h);
  w->pad_left = between(0, w->kernel_w);
  w->pad_bottom = between(0, w->kernel_h);
  w->pad_right = between(0, w->kernel_w);
}

/* Up to `most`, or as large as the kernel needs. */
static void choose_extent(configuration* c, int32_t most) {
  const bn_window* w = &c->spec.window;
  bn_conv_call* call = &c->call;
  bn_error error;
  call->in_h = between(1, most);
  call->in_w = between(1, most);
  if (!bn_window_output(w, call->in_h, call->in_w, &call->out_h, &call->out_w, &error)) {
    call->in_h += (w->kernel_h - 1) * w->dilation_h;
    call->in_w += (w->kernel_w - 1) * w->dilation_w;
    bn_window_output(w, call->in_h, call->in_w, &call->out_h, &call->out_w, &error);
  }
}

static void choose_shape(configuration* c, int index) {
  bn_conv_spec* s = &c->spec;
  s->input = index % 3 == 2 ? (next() & 1 ? BN_UINT8 : BN_INT8) : BN_BITS;
  s->channels = some_channels();
  choose_window(&s->window);
  c->call.batch = between(1, 5);
  choose_extent(c, 13);
  if (index % 40 == 7) { /* sums beyond 8 and 16 bits */
    s->channels = s->input == BN_BITS ? between(3000, 9000) : between(500, 1700);
    s->window.kernel_h = s->window.kernel_w = 3;
    c->call.batch = 1;
    choose_extent(c, 5);
  }
  int32_t padded = (s->channels + 31) / 32 * 32;
  s->input_channels = s->input == BN_BITS ? padded : s->channels + between(0, 1) * between(0, 5);
  s->filters = 32 * (index % 40 == 7 ? between(1, 2) : between(1, 6));
  s->outputs = s->filters - (next() & 1 ? 0 : between(1, 31));
  if (index % 15 == 11) { /* a last layer of a few filters */
    s->filters = 32;
    s->outputs = between(1, 5);
  }
  s->zero_point = s->input == BN_UINT8 ? between(0, 255) : between(-128, 127);
  c->pixels = c->call.batch * c->call.out_h * c->call.out_w;
}

/* One input byte everywhere, filters of the largest, smallest and of any weights: longest sums. */
static void make_extreme(configuration* c, size_t inputs, size_t filter_bytes) {
  bool is_signed = c->spec.input == BN_INT8;
  int byte = c->spec.input == BN_BITS ? 0 : (next() & 1 ? (is_signed ? 0x80 : 0) : 0xff);
  memset((void*)c->call.input, byte, inputs);
  uint8_t* filter = (uint8_t*)c->spec.weights;
  for (int32_t o = 0; o < c->spec.filters; o++, filter += filter_bytes) {
    if (o % 3 == 0) memset(filter, c->spec.input == BN_BITS ? 0xff : 0x80, filter_bytes);
    if (o % 3 == 1) memset(filter, c->spec.input == BN_BITS ? 0 : 0x7f, filter_bytes);
  }
}

/* Bits beyond the true channels are zero in an image, and must not matter in weights. */
static void choose_data(configuration* c, int index) {
  bn_conv_spec* s = &c->spec;
  size_t values = (size_t)(c->call.batch * c->call.in_h * c->call.in_w * s->input_channels);
  size_t taps = (size_t)(s->window.kernel_h * s->window.kernel_w);
  bool bits = s->input == BN_BITS;
  size_t inputs = bits ? values / 8 : values;
  size_t filter_bytes = taps * (size_t)(bits ? s->input_channels / 8 : s->channels);
  uint8_t* x = noise(inputs);
  c->call.input = x;
  s->weights = noise((size_t)s->filters * filter_bytes);
  if (!between(0, 3) || index % 80 == 7) make_extreme(c, inputs, filter_bytes);
  for (size_t i = 0; bits && i < values; i++) {
    if ((int32_t)(i % (size_t)s->input_channels) >= s->channels) x[i / 8] &= (uint8_t)~(1 << i % 8);
  }
}

static int32_t some_threshold(int32_t range) {
  static const int32_t extremes[] = {INT32_MIN, INT32_MAX, -32768, 32767, -129, 128, 0};
  return between(0, 7) ? between(-range, range) : extremes[between(0, 6)];
}

static void choose_epilogue(configuration* c, int index) {
  bn_epilogue* e = &c->spec.epilogue;
  size_t n = (size_t)c->spec.filters;
  int32_t depth = c->spec.channels * c->spec.window.kernel_h * c->spec.window.kernel_w;
  float spread = c->spec.input == BN_BITS ? 1.0f : 5000.0f;
  while (spread * spread < (float)depth * (c->spec.input == BN_BITS ? 1.0f : 2.5e7f)) spread *= 1.3f;
  e->kind = (bn_epilogue_kind)(index / 3 % 5);
  int32_t* thresholds = memory(n * sizeof *thresholds);
  float* reals = memory(3 * n * sizeof *reals);
  uint8_t* flips = memory(n);
  for (size_t o = 0; o < n; o++) {
    thresholds[o] = some_threshold(e->kind == BN_TO_BITS ? (int32_t)spread : 20);
    if (e->kind == BN_TO_BITS && !between(0, 9)) thresholds[o] = some_threshold(depth);
    reals[o] = between(0, 9) ? real((e->kind == BN_TO_STREAM ? 60.0f : 8.0f) / spread) : 0;
    reals[n + o] = between(0, 3) ? real(6) : (float)between(-6, 6) / 2;
    reals[2 * n + o] = between(0, 5) ? real(1.2f) : 0;
    flips[o] = next() & 1;
  }
  bool stream = e->kind == BN_TO_STREAM;
  e->thresholds = !stream || next() & 1 ? thresholds : NULL;
  e->scale = reals;
  e->shift = reals + n;
  e->slope = stream && between(0, 3) ? reals + 2 * n : NULL;
  e->flips = flips;
  e->residual_factor = stream && between(0, 2) ? (between(0, 1) ? 0.5f : 2.0f) : 0;
  e->min = between(0, 1) ? -8 : -128;
  e->max = between(0, 1) ? 7 : 127;
  if (e->kind == BN_ADD_TO_BITS || e->residual_factor != 0) {
    c->call.second = (const int8_t*)noise((size_t)c->pixels * n);
  }
  if (!e->thresholds) free(thresholds);
}

static void compute_expected(configuration* c) {
  size_t values = (size_t)c->pixels * (size_t)c->spec.filters;
  c->expected.integers = memory(values);
  c->expected.bits = memory(values);
  c->expected.reals = memory((size_t)c->pixels * (size_t)c->spec.outputs * sizeof(float));
  naive_conv(&c->spec, &c->call, &c->expected);
}

static size_t different_bits(const uint8_t* packed, const uint8_t* flags, size_t count) {
  size_t different = 0;
  for (size_t i = 0; i < count; i++) different += (packed[i / 8] >> i % 8 & 1) != flags[i];
  return different;
}

static size_t compare(const configuration* c) {
  size_t values = (size_t)c->pixels * (size_t)c->spec.filters;
  const uint8_t* integers = (const uint8_t*)c->expected.integers;
  size_t bytes = values;
  size_t different = 0;
  switch (c->spec.epilogue.kind) {
    case BN_TO_BITS:
    case BN_ADD_TO_BITS:
      different = different_bits(c->call.output, integers, values);
      bytes = values / 8;
      break;
    case BN_TO_INT8:
    case BN_TO_STREAM:
      for (size_t i = 0; i < values; i++) {
        different += ((const uint8_t*)c->call.output)[i] != integers[i];
      }
      if (c->spec.epilogue.thresholds && c->spec.epilogue.kind == BN_TO_STREAM) {
        different += different_bits(c->call.bits, c->expected.bits, values);
      }
      break;
    case BN_TO_FLOAT:
      bytes = (size_t)c->pixels * (size_t)c->spec.outputs * sizeof(float);
      different = memcmp(c->call.output, c->expected.reals, bytes) != 0;
      break;
  }
  for (int i = 0; i < GUARD; i++) {
    different += ((const uint8_t*)c->call.output)[bytes + (size_t)i] != GUARD_BYTE;
  }
  return different;
}

/* The units of a call that are left. */
typedef struct {
  const bn_conv* conv;
  const bn_conv_call* call;
  bn_grid grid;
  atomic_long left;
} work;

/* Takes units from behind: they must not depend on each other. */
static void* serve(void* data) {
  work* w = data;
  for (long unit; (unit = atomic_fetch_sub(&w->left, 1) - 1) >= 0;) {
    bn_conv_run(w->conv, w->call, &w->grid, unit);
  }
  return NULL;
}

static void run_units(const bn_conv* conv, const bn_conv_call* call, int threads) {
  pthread_t others[MOST_THREADS];
  work w = {.conv = conv, .call = call, .grid = bn_conv_grid(conv, call)};
  atomic_init(&w.left, (long)w.grid.units);
  for (int t = 1; t < threads; t++) {
    if (pthread_create(&others[t], NULL, serve, &w)) exit(1);
  }
  serve(&w);
  for (int t = 1; t < threads; t++) pthread_join(others[t], NULL);
}

static size_t run(configuration* c, const bn_backend* backend, int threads) {
  bn_error error;
  bn_conv* conv = bn_conv_create(&c->spec, backend, &error);
  if (!conv) {
    printf("not made: %s\n", error.text);
    return 1;
  }
  size_t values = (size_t)c->pixels * (size_t)c->spec.filters;
  uint8_t* output = memory(values * sizeof(float) + GUARD);
  memset(output, GUARD_BYTE, values * sizeof(float) + GUARD);
  c->call.output = output;
  c->call.bits = memory(values / 8);
  run_units(conv, &c->call, threads);
  size_t different = compare(c);
  free(output);
  free(c->call.bits);
  bn_conv_destroy(conv);
  return different;
}

static void release(configuration* c) {
  free((void*)c->call.input);
  free((void*)c->call.second);
  free((void*)c->spec.weights);
  free((void*)c->spec.epilogue.thresholds);
  free((void*)c->spec.epilogue.scale);
  free((void*)c->spec.epilogue.flips);
  free(c->expected.integers);
  free(c->expected.bits);
  free(c->expected.reals);
}

static void describe(const configuration* c, int index, const char* backend, size_t different) {
  const bn_window* w = &c->spec.window;
  printf("configuration %d, %s: %zu different; input %d, %lldx%lldx%lld, %d of %d channels, "
         "%dx%d kernel, stride %d %d, dilation %d, pads %d %d %d %d, %d filters, epilogue %d\n",
         index, backend, different, c->spec.input, (long long)c->call.batch,
         (long long)c->call.in_h, (long long)c->call.in_w, c->spec.channels,
         c->spec.input_channels, w->kernel_h, w->kernel_w, w->stride_h, w->stride_w,
         w->dilation_h, w->pad_top, w->pad_left, w->pad_bottom, w->pad_right, c->spec.filters,
         c->spec.epilogue.kind);
}

int main(int argc, char** argv) {
  int begin = argc > 1 ? atoi(argv[1]) : 0;
  int end = argc > 2 ? atoi(argv[2]) : CONFIGURATIONS;
  int failures = 0;
  int compared[BACKENDS] = {0};
  for (int i = begin; i < end; i++) {
    configuration c;
    memset(&c, 0, sizeof c);
    seed((uint64_t)i);
    choose_shape(&c, i);
    choose_data(&c, i);
    choose_epilogue(&c, i);
    compute_expected(&c);
    for (int b = 0; b < BACKENDS; b++) {
      bn_error error;
      const bn_backend* backend = bn_backend_named(backends[b], &error);
      if (!backend) continue;
      size_t different = run(&c, backend, 1 + i / 7 % MOST_THREADS);
      compared[b]++;
      if (different) {
        failures++;
        describe(&c, i, backends[b], different);
      }
    }
    release(&c);
  }
  for (int b = 0; b < BACKENDS; b++) {
    if (compared[b]) printf("%s: %d configurations\n", backends[b], compared[b]);
  }
  printf("%d failures\n", failures);
  return failures != 0;
}
