/*
 * Speed of the binary convolution without ONNX Runtime, one thread, 3x3, padding 1, as many filters
 * as channels. Usage: bench_conv [seconds for each figure [instruction set [channels]]]
 */
#define _POSIX_C_SOURCE 199309L

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "binealnet.h"
#include "random.h"

enum { MOST = 100000 };

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void* a, const void* b) {
  double x = *(const double*)a, y = *(const double*)b;
  return x < y ? -1 : x > y;
}

static void measure(const bn_backend* backend, int32_t channels, int32_t size, bn_epilogue_kind kind,
                    double budget) {
  static double times[MOST];
  size_t pixels = (size_t)size * (size_t)size;
  size_t n = (size_t)channels;
  int32_t* thresholds = memory(n * sizeof *thresholds);
  float* reals = memory(n * sizeof *reals);
  for (size_t i = 0; i < n; i++) {
    thresholds[i] = between(-20, 20);
    reals[i] = real(0.1f);
  }
  bn_conv_spec spec = {.input = BN_BITS, .window = {3, 3, 1, 1, 1, 1, 1, 1, 1, 1},
                       .channels = channels, .input_channels = channels, .filters = channels,
                       .outputs = channels, .weights = noise(n * n * 9 / 8),
                       .epilogue = {kind, thresholds, reals, reals, reals, NULL, 0.5f, 0, 0}};
  bn_error error;
  bn_conv* conv = bn_conv_create(&spec, backend, &error);
  if (!conv) {
    printf("%s\n", error.text);
    exit(1);
  }
  bn_conv_call call = {noise(pixels * n / 8), 1, size, size, size, size,
                       (const int8_t*)noise(pixels * n), memory(pixels * n * 4), memory(pixels * n)};
  int count = 0;
  for (double start = now(); count < MOST && (count < 20 || now() - start < budget); count++) {
    double t = now();
    bn_grid grid = bn_conv_grid(conv, &call);
    for (int64_t unit = 0; unit < grid.units; unit++) bn_conv_run(conv, &call, &grid, unit);
    times[count] = now() - t;
  }
  qsort(times, (size_t)count, sizeof *times, by_size);
  double giga = 9e-9 * (double)n * (double)n * (double)pixels;
  printf("%-7s %4d channels %3dx%-3d %-6s %7.1f us  %6.1f GMAC/s (median %6.1f)\n",
         bn_backend_name(backend), channels, size, size, kind == BN_TO_BITS ? "bits" : "stream",
         times[count / 20] * 1e6, giga / times[count / 20], giga / times[count / 2]);
  bn_conv_destroy(conv);
}

int main(int argc, char** argv) {
  static const char* const names[] = {"avx2", "avx512", "neon", "neondot"};
  static const int32_t shapes[][2] = {{32, 56}, {64, 56}, {128, 28}, {256, 14}, {512, 7},
                                      {96, 56}, {192, 28}, {384, 14}, {768, 7}};
  double budget = argc > 1 ? atof(argv[1]) : 0.2;
  seed(1);
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    for (size_t b = 0; b < sizeof names / sizeof *names; b++) {
      const bn_backend* backend = bn_backend_named(names[b], NULL);
      if (!backend || (argc > 2 && strcmp(argv[2], names[b]))) continue;
      if (argc > 3 && atoi(argv[3]) != shapes[s][0]) continue;
      measure(backend, shapes[s][0], shapes[s][1], BN_TO_BITS, budget);
      measure(backend, shapes[s][0], shapes[s][1], BN_TO_STREAM, budget);
    }
  }
  return 0;
}
