/*
 * Speed of the convolutions of residual networks without ONNX Runtime, one thread; the numbers are
 * the channels of 3x3 layers. Usage: bench_conv [seconds for each figure [instruction set [layer]]]
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

typedef struct {
  const char* name;
  bn_input_kind input;
  int32_t channels, filters, size, kernel, stride;
} layer;

static const layer layers[] = {
    {"64", BN_BITS, 64, 64, 56, 3, 1},        {"128", BN_BITS, 128, 128, 28, 3, 1},
    {"256", BN_BITS, 256, 256, 14, 3, 1},     {"512", BN_BITS, 512, 512, 7, 3, 1},
    {"96", BN_BITS, 96, 96, 56, 3, 1},        {"192", BN_BITS, 192, 192, 28, 3, 1},
    {"384", BN_BITS, 384, 384, 14, 3, 1},     {"768", BN_BITS, 768, 768, 7, 3, 1},
    {"32", BN_BITS, 32, 32, 56, 3, 1},        {"pointwise64", BN_BITS, 64, 64, 56, 1, 1},
    {"halving96", BN_BITS, 96, 192, 56, 3, 2}, {"stem64", BN_UINT8, 3, 64, 224, 7, 2},
    {"stem96", BN_UINT8, 3, 96, 224, 7, 2},   {"head512", BN_INT8, 512, 1024, 1, 1, 1}};

static bn_conv_spec spec_of(const layer* l, bn_epilogue_kind kind) {
  size_t n = (size_t)l->filters;
  int32_t* thresholds = memory(n * sizeof *thresholds);
  float* reals = memory(n * sizeof *reals);
  for (size_t i = 0; i < n; i++) {
    thresholds[i] = between(-20, 20);
    reals[i] = real(0.1f);
  }
  size_t weights = n * (size_t)(l->channels * l->kernel * l->kernel);
  int32_t pad = l->kernel / 2;
  bn_conv_spec spec = {
      .input = l->input,
      .window = {l->kernel, l->kernel, l->stride, l->stride, 1, 1, pad, pad, pad, pad},
      .channels = l->channels, .input_channels = l->channels, .filters = l->filters,
      .outputs = l->filters, .weights = noise(weights),
      .epilogue = {kind, thresholds, reals, reals, reals, NULL, 0.5f, 0, 0}};
  return spec;
}

static void measure(const bn_backend* backend, const layer* l, bn_epilogue_kind kind, double budget) {
  static double times[MOST];
  bn_conv_spec spec = spec_of(l, kind);
  bn_error error;
  bn_conv* conv = bn_conv_create(&spec, backend, &error);
  if (!conv) {
    printf("%s\n", error.text);
    exit(1);
  }
  bn_conv_call call = {.batch = 1, .in_h = l->size, .in_w = l->size};
  bn_window_output(&spec.window, call.in_h, call.in_w, &call.out_h, &call.out_w, &error);
  size_t values = (size_t)(call.out_h * call.out_w * l->filters);
  call.input = noise((size_t)(l->size * l->size * l->channels));
  call.second = (const int8_t*)noise(values);
  call.output = memory(values * sizeof(float));
  call.bits = memory(values);
  int count = 0;
  for (double start = now(); count < MOST && (count < 20 || now() - start < budget); count++) {
    double t = now();
    bn_grid grid = bn_conv_grid(conv, &call);
    for (int64_t unit = 0; unit < grid.units; unit++) bn_conv_run(conv, &call, &grid, unit);
    times[count] = now() - t;
  }
  qsort(times, (size_t)count, sizeof *times, by_size);
  double giga = 1e-9 * (double)values * (double)(l->channels * l->kernel * l->kernel);
  printf("%-7s %-12s %-6s %7.1f us  %6.1f GMAC/s (median %6.1f)\n", bn_backend_name(backend),
         l->name, kind == BN_TO_BITS ? "bits" : kind == BN_TO_FLOAT ? "float" : "stream",
         times[count / 20] * 1e6, giga / times[count / 20], giga / times[count / 2]);
  bn_conv_destroy(conv);
}

int main(int argc, char** argv) {
  static const char* const names[] = {"avx2", "avx512", "neon", "neondot"};
  double budget = argc > 1 ? atof(argv[1]) : 0.2;
  seed(1);
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    for (size_t b = 0; b < sizeof names / sizeof *names; b++) {
      const bn_backend* backend = bn_backend_named(names[b], NULL);
      if (!backend || (argc > 2 && strcmp(argv[2], names[b]))) continue;
      if (argc > 3 && strcmp(argv[3], layers[i].name)) continue;
      measure(backend, &layers[i], BN_TO_BITS, budget);
      measure(backend, &layers[i], BN_TO_STREAM, budget);
      if (layers[i].size == 1) measure(backend, &layers[i], BN_TO_FLOAT, budget);
    }
  }
  return 0;
}
