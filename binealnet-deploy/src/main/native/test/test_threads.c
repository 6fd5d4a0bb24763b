/*
 * One convolution of each kind, run by several threads at once, each with its own image and all
 * taking units in turn from a shared one: the same results as alone. Built with ThreadSanitizer it
 * also shows that a convolution is only read.
 */
#define _POSIX_C_SOURCE 200809L

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "binealnet.h"
#include "random.h"

enum { THREADS = 8, RUNS = 5, CHANNELS = 64, SIZE = 14, PIXELS = SIZE * SIZE };

typedef struct {
  const bn_conv* conv;
  bn_conv_call shared; /* its units are divided among the threads */
  atomic_long next_unit;
  const uint8_t* expected;
  size_t bytes;
  atomic_int different;
} work;

static size_t output_bytes(bn_epilogue_kind kind) {
  size_t values = PIXELS * CHANNELS;
  if (kind == BN_TO_BITS || kind == BN_ADD_TO_BITS) return values / 8;
  return kind == BN_TO_FLOAT ? values * sizeof(float) : values;
}

static void run_all(const bn_conv* conv, const bn_conv_call* call) {
  bn_grid grid = bn_conv_grid(conv, call);
  for (int64_t unit = 0; unit < grid.units; unit++) bn_conv_run(conv, call, &grid, unit);
}

static void* serve(void* data) {
  work* w = data;
  bn_conv_call own = w->shared;
  own.output = memory(w->bytes);
  own.bits = memory(PIXELS * CHANNELS / 8);
  for (int i = 0; i < RUNS; i++) {
    run_all(w->conv, &own);
    if (memcmp(own.output, w->expected, w->bytes)) atomic_fetch_add(&w->different, 1);
  }
  free(own.output);
  free(own.bits);
  bn_grid grid = bn_conv_grid(w->conv, &w->shared);
  for (long unit; (unit = atomic_fetch_add(&w->next_unit, 1)) < grid.units;) {
    bn_conv_run(w->conv, &w->shared, &grid, unit);
  }
  return NULL;
}

/* The number of runs that gave something else. */
static int compare(const bn_conv* conv, const bn_conv_call* call, size_t bytes) {
  uint8_t* expected = memory(bytes);
  bn_conv_call alone = *call;
  alone.output = expected;
  run_all(conv, &alone);
  work w = {.conv = conv, .shared = *call, .expected = expected, .bytes = bytes};
  pthread_t threads[THREADS];
  for (int t = 0; t < THREADS; t++) {
    if (pthread_create(&threads[t], NULL, serve, &w)) exit(1);
  }
  for (int t = 0; t < THREADS; t++) pthread_join(threads[t], NULL);
  int different = w.different + (memcmp(call->output, expected, bytes) != 0);
  free(expected);
  return different;
}

static int test(const bn_backend* backend, bn_input_kind input, bn_epilogue_kind kind) {
  static int32_t thresholds[CHANNELS];
  static float reals[CHANNELS];
  static uint8_t flips[CHANNELS];
  for (int i = 0; i < CHANNELS; i++) {
    thresholds[i] = between(-9, 9);
    reals[i] = real(0.1f);
    flips[i] = (uint8_t)between(0, 1);
  }
  uint8_t* weights = noise(CHANNELS * 9 * CHANNELS);
  bn_conv_spec spec = {.input = input, .window = {3, 3, 1, 1, 1, 1, 1, 1, 1, 1},
                       .channels = CHANNELS, .input_channels = CHANNELS, .filters = CHANNELS,
                       .outputs = CHANNELS, .weights = weights,
                       .epilogue = {kind, thresholds, reals, reals, reals, flips, 0.5f, -8, 7}};
  bn_error error;
  bn_conv* conv = bn_conv_create(&spec, backend, &error);
  if (!conv) {
    printf("not made: %s\n", error.text);
    return 1;
  }
  size_t bytes = output_bytes(kind);
  uint8_t* image = noise(PIXELS * CHANNELS);
  uint8_t* second = noise(PIXELS * CHANNELS);
  bn_conv_call call = {image, 1, SIZE, SIZE, SIZE, SIZE, (const int8_t*)second, memory(bytes),
                       memory(PIXELS * CHANNELS / 8)};
  int different = compare(conv, &call, bytes);
  bn_conv_destroy(conv);
  free(weights);
  free(image);
  free(second);
  free(call.output);
  free(call.bits);
  return different;
}

int main(void) {
  static const char* const names[] = {"scalar", "avx2", "avx512", "neon", "neondot"};
  int failures = 0;
  seed(1);
  for (size_t b = 0; b < sizeof names / sizeof *names; b++) {
    const bn_backend* backend = bn_backend_named(names[b], NULL);
    if (!backend) continue;
    for (int kind = BN_TO_BITS; kind <= BN_TO_FLOAT; kind++) {
      failures += test(backend, BN_BITS, (bn_epilogue_kind)kind);
      failures += test(backend, BN_INT8, (bn_epilogue_kind)kind);
    }
    printf("%s, %d threads\n", names[b], THREADS);
  }
  printf("%d failures\n", failures);
  return failures != 0;
}
