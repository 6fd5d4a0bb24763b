/*
 * Kernels of binary networks: convolutions of packed signs and of 8-bit integers with fused
 * epilogues, and the few operators between them. Nothing here knows ONNX Runtime.
 *
 * Layouts. Images are NHWC. Bit 1 is -1; bit i of byte j is channel 8j + i. Channels are padded to
 * a multiple of 32 (C32, O32): padded bits and padded integers are 0. Weights are [O32,kh,kw,C32/8]
 * bits or [O32,kh,kw,C] int8.
 *
 * Numbers. An accumulator is formed as an integer first; then multiply, add and round (half to
 * even) are separate float32 operations in the order written. All instruction sets give the same
 * bits.
 *
 * Threads. A convolution is immutable once made; any number of threads may run its units at once.
 */
#ifndef BINEALNET_H
#define BINEALNET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BN_BLOCK = 32, BN_MAX_TAPS = 256, BN_ERROR_LENGTH = 256 };

/* What went wrong, in words for people; filled only by functions that return false or NULL. */
typedef struct {
  char text[BN_ERROR_LENGTH];
} bn_error;

/* A set of kernels for one instruction set. */
typedef struct bn_backend bn_backend;

/*
 * The kernels for this CPU: the fastest it can run, or those named by the environment variable
 * BINEALNET_ISA (scalar, avx2, avx512, neon, neondot). Returns NULL if the name is unknown or the
 * CPU lacks the instructions.
 */
const bn_backend* bn_backend_default(bn_error* error);

/* The kernels of that name, or NULL if unknown or beyond this CPU. */
const bn_backend* bn_backend_named(const char* name, bn_error* error);

const char* bn_backend_name(const bn_backend* backend);

/* Window of a convolution or pooling. */
typedef struct {
  int32_t kernel_h, kernel_w;
  int32_t stride_h, stride_w;
  int32_t dilation_h, dilation_w;
  int32_t pad_top, pad_left, pad_bottom, pad_right;
} bn_window;

/* Checks the ranges: extents, strides, dilations 1 or more, pads 0 or more, all below 2^20. */
bool bn_window_check(const bn_window* window, bn_error* error);

/* Output rows and columns: floor((in + pads - dilation (kernel - 1) - 1) / stride) + 1. */
bool bn_window_output(
    const bn_window* window, int64_t in_h, int64_t in_w, int64_t* out_h, int64_t* out_w,
    bn_error* error);

/* What becomes of an accumulator y of output channel o. */
typedef enum {
  BN_TO_BITS,     /* bit = y < thresholds[o] */
  BN_TO_INT8,     /* q = clip(rint(y * scale[o] + shift[o]), min, max) */
  BN_ADD_TO_BITS, /* bit = (q + second < thresholds[o]) != flips[o] */
  BN_TO_STREAM,   /* v = y * scale[o] + shift[o]; v = v + second * residual_factor;
                     v = v >= 0 ? v : v * slope[o]; q = clip(rint(v), -128, 127);
                     bit = q < thresholds[o] where there are thresholds */
  BN_TO_FLOAT     /* y * scale[o] + shift[o] */
} bn_epilogue_kind;

/* Arrays have O32 entries, those of BN_TO_FLOAT `outputs` (the true number of channels). */
typedef struct {
  bn_epilogue_kind kind;
  const int32_t* thresholds;
  const float* scale;
  const float* shift;
  const float* slope;   /* NULL for none */
  const uint8_t* flips; /* 0 or 1 */
  float residual_factor; /* 0 for no residual */
  int32_t min, max;
} bn_epilogue;

typedef enum { BN_BITS, BN_UINT8, BN_INT8 } bn_input_kind;

/* A convolution. Everything pointed to is copied. */
typedef struct {
  bn_input_kind input;
  bn_window window;
  int32_t channels;       /* C, the true number */
  int32_t input_channels; /* channels stored per pixel: C32 for bits, C or more for integers */
  int32_t filters;        /* O32 */
  int32_t outputs;        /* true number of output channels; read by BN_TO_FLOAT only */
  int32_t zero_point;     /* of integer input, 0..255 or -128..127 */
  const void* weights;
  bn_epilogue epilogue;
} bn_conv_spec;

typedef struct bn_conv bn_conv;

/* Checks, packs the weights. Returns NULL and tells why if anything is out of range. */
bn_conv* bn_conv_create(const bn_conv_spec* spec, const bn_backend* backend, bn_error* error);
void bn_conv_destroy(bn_conv* conv);

/* One execution. Outputs: bits [N,H',W',O32/8], int8 [N,H',W',O32] or float [N,H',W',outputs]. */
typedef struct {
  const void* input;
  int64_t batch, in_h, in_w;
  int64_t out_h, out_w; /* of bn_window_output */
  const int8_t* second; /* skip or residual, [N,H',W',O32], where the epilogue reads one */
  void* output;
  uint8_t* bits; /* of a stream with thresholds */
} bn_conv_call;

/*
 * How an execution is split: a grid of `units` independent pieces, each some pixels and, where
 * pixels are few, some of the filters.
 */
typedef struct {
  int64_t units;
  int64_t pixels, unit_pixels, columns;
  int32_t unit_blocks;
} bn_grid;

bn_grid bn_conv_grid(const bn_conv* conv, const bn_conv_call* call);

/* One of the pieces, 0 <= unit < grid->units. */
void bn_conv_run(const bn_conv* conv, const bn_conv_call* call, const bn_grid* grid, int64_t unit);

/*
 * Pixelwise operators on `pixels` pixels.
 */

/* What a binarizer reads; a byte is compared as the float32 of its value. */
typedef enum { BN_REALS, BN_PIXELS } bn_number_kind;

/* [pixels,channels] to bits [pixels,C32/8]: bit = x < thresholds[c]; NaN is +1. */
void bn_binarize(
    const bn_backend* backend, bn_number_kind kind, const void* x, const float* thresholds,
    int32_t channels, int64_t pixels, uint8_t* y);

/* The same of NCHW: `pixels` neighbours in each channel's plane, planes `plane` numbers apart. */
void bn_binarize_planes(
    const bn_backend* backend, bn_number_kind kind, const void* x, const float* thresholds,
    int32_t channels, int64_t plane, int64_t pixels, uint8_t* y);

/* int8 [pixels,channels] to bits; channels a multiple of 32, thresholds in [-128,128]. */
void bn_stream_binarize(
    const bn_backend* backend, const int8_t* x, const int32_t* thresholds, int32_t channels,
    int64_t pixels, uint8_t* y);

/* bits [pixels,C32/8] to +1 and -1, float [pixels,channels]. */
void bn_unbinarize(const uint8_t* x, int32_t channels, int64_t pixels, float* y);

/*
 * Windowed operators; `row` is an output row of the batch, 0 <= row < N * H'.
 */
typedef struct {
  bn_window window; /* dilation 1, pads smaller than the kernel */
  int64_t in_h, in_w, out_h, out_w;
  int32_t bytes; /* of one pixel */
} bn_pool;

typedef enum {
  BN_MAX_BITS,    /* maximum of signs (the AND of bits); what lies outside never wins */
  BN_MAX_INT8,    /* maximum of int8; what lies outside never wins */
  BN_AVERAGE_INT8 /* rounded half to even: rint((float) sum / (float) taps); no pads */
} bn_pool_kind;

void bn_pool_row(
    const bn_backend* backend, bn_pool_kind kind, const bn_pool* pool, const void* x, void* y,
    int64_t row);

/*
 * Averages over the `pixels` pixels of one image, 1 to 2^16: q = clip(rint(sum * factor), -128,
 * 127), the sum being exact; int8 [C32], 0 in padded channels. The factor is positive and finite.
 */
void bn_global_pool_bits(
    const bn_backend* backend, const uint8_t* x, int64_t pixels, int32_t channels, float factor,
    int8_t* y);

/* The same of int8; channels a multiple of 32. */
void bn_global_pool_int8(
    const bn_backend* backend, const int8_t* x, int64_t pixels, int32_t channels, float factor,
    int8_t* y);

/* Nearest up-sampling of pixels of `bytes` bytes by whole factors; out_h = in_h * factor_h. */
void bn_upsample(
    const uint8_t* x, uint8_t* y, int64_t row, int64_t in_w, int32_t bytes, int32_t factor_h,
    int32_t factor_w);

/*
 * Row `row` of y[n, h f + i, w f + j, c] = x[n, h, w, (i f + j) channels + c], rows counted through
 * the batch, f the factor.
 */
void bn_depth_to_space(
    const float* x, float* y, int64_t row, int64_t in_w, int32_t channels, int32_t factor);

#ifdef __cplusplus
}
#endif

#endif
