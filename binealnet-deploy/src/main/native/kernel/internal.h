/* What the kernels share among themselves: the parts of a backend and of a convolution. */
#ifndef BINEALNET_INTERNAL_H
#define BINEALNET_INTERNAL_H

#include "binealnet.h"

enum {
  BN_EPILOGUES = 5,
  BN_POOLS = 3,
  BN_NUMBERS = 2,
  BN_WIDTHS = 3,      /* tiles of 32, 64 and 96 channels */
  BN_MAX_PIXELS = 8,  /* of a tile */
  BN_MAX_CHANNELS = BN_WIDTHS * BN_BLOCK,
  BN_ALIGNMENT = 64,
  BN_MAX_NARROW = 32766, /* longest sum of signs whose values and thresholds fit int16 */
  BN_MAX_PATCH = 4608,   /* 8-bit products summed before the next part of a window is gathered */
  BN_FEW = 4,            /* filters, see multiply_few */
  BN_FEW_GROUP = 64,
  BN_MAX_PARITIES = 640  /* words of 32 signs of a window whose parities are formed at once */
};

/* Writes a message; returns false so that checks can `return bn_fail(...)`. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
bool bn_fail(bn_error* error, const char* format, ...);

/* Zeroed memory on a cache line, or NULL; freed by bn_free. */
void* bn_allocate(size_t bytes);
void bn_free(void* memory);

/* An epilogue's parameters, each array of O32 entries or NULL. */
typedef struct {
  bn_epilogue_kind kind;
  int32_t filters, outputs;
  int32_t* thresholds;
  int16_t* narrow; /* thresholds clamped to int16 */
  int32_t* limits; /* of sums of signs: y < threshold where more than this many signs differ */
  float *scale, *shift, *slope;
  uint8_t* flips; /* packed like bits */
  float residual_factor;
  int32_t min, max;
  /* Where numbers are small enough to be compared as bytes: q < threshold or always. */
  bool quick;
  int8_t* levels;
  uint8_t* always; /* packed like bits */
} bn_params;

/* Accumulators of a few neighbouring output pixels and channels, and where they go. */
typedef struct {
  const bn_params* params;
  const bn_conv_call* call;
  const void* sums; /* [pixels][channels], int32 or (narrow) int16 */
  int64_t pixel;    /* the first, counted through the batch */
  int32_t pixels;
  int32_t channel; /* the first, a multiple of 32 */
  int32_t channels;
} bn_tile;

typedef void (*bn_epilogue_fn)(const bn_tile* tile);

/*
 * Sums of signs: sums[p][o] = base - 2 * popcount(x[p] xor w[o]). x[p] is the concatenation of
 * `segments` runs of `run` bytes (a multiple of 4), rows[s * pixels + p].
 */
typedef struct {
  int32_t pixels;
  void (*run)(
      const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights,
      int32_t base, void* sums);
} bn_bit_gemm;

/*
 * The same from running parities: x^[k] = x[0] xor ... xor x[k] for the words of 32 signs in the
 * order of summation, and so for the weights (see avx512_parities.c). Word k of the tile's pixel p
 * is parities[p * stride + offsets[k]].
 */
typedef struct {
  const uint32_t* parities;
  int32_t stride;
  const int32_t* offsets;
  int32_t words;
  const uint8_t* weights;
  int32_t base;
  const bn_params* params;
  const bn_conv_call* call;
  int64_t pixel;  /* the first, counted through the batch */
  int32_t pixels; /* that are stored */
  int32_t channel; /* the first, a multiple of 32 */
} bn_parity_tile;

typedef void (*bn_tile_fn)(const bn_parity_tile* tile);

typedef struct {
  int32_t pixels;
  void (*sums)(const bn_parity_tile* tile, int32_t* sums); /* of one tile, [pixels][channels] */
  const bn_tile_fn* finish; /* any pixels; by kind of epilogue, where the parameters are quick */
} bn_parity_gemm;

typedef void (*bn_pool_fn)(const bn_pool* pool, const void* x, void* y, int64_t row);

/* bn_binarize of one kind of number. */
typedef void (*bn_binarize_fn)(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y);

/* words[p] |= bit where number `first + p` of x is below the threshold, 0 <= p < count. */
typedef void (*bn_mark_fn)(
    const void* x, int64_t first, float threshold, uint32_t bit, int32_t count, uint32_t* words);

/* Neighbouring windows, `step` bytes apart: `rows` rows of `run` bytes each, `pitch` bytes apart. */
typedef struct {
  const uint8_t* from;
  int64_t step, pitch;
  int32_t count, rows, run;
  uint8_t flip; /* these bits of each byte */
} bn_windows;

/* How a backend wants the integers of a window. */
typedef enum { BN_PATCH_UINT8, BN_PATCH_INT8, BN_PATCH_INT16 } bn_patch_kind;

/* Output pixels [begin, end), counted through the batch, and some of the blocks of filters. */
typedef void (*bn_run_fn)(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block);

struct bn_backend {
  const char* name;
  bool (*available)(void);

  bn_run_fn run_bits; /* bn_run_bits, or bn_run_parities where there are parities */
  bool narrow; /* bit sums are int16 and no longer than BN_MAX_NARROW */
  bn_bit_gemm bits[BN_WIDTHS];
  bn_parity_gemm parities[BN_WIDTHS]; /* used instead of bits, where there are any */
  int32_t bit_expansion; /* packed bytes per byte of weights */
  /* Packs `channels` filters of `bytes` bytes each. */
  void (*pack_bits)(const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed);

  bn_patch_kind patch;
  /* Copies each window's rows one behind the other; may write up to 32 bytes beyond the last. */
  void (*copy_windows)(const bn_windows* windows, uint8_t* to, int32_t stride);
  int32_t byte_pixels; /* of a tile; no more than BN_MAX_PIXELS bytes of each k */
  int32_t group;       /* products of neighbouring k that are summed at once; divides depth */
  int32_t weight_size; /* bytes of a packed 8-bit weight */
  /* Packs `channels` filters of `depth` integers each, depth rounded up to whole groups. */
  void (*pack_bytes)(const int8_t* weights, int32_t channels, int32_t depth, void* packed);
  /*
   * sums[p][o] = start[p * start_stride + o] + sum over k < depth of patch[p * stride + k] * w[o][k];
   * start may be sums, with the channels as its stride. Only the first `used` filters matter; sums of
   * the others are anything.
   */
  void (*multiply)(
      const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
      int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums);
  /* The same of one pixel, or NULL. */
  void (*multiply_pixel)(
      const void* patch, int32_t depth, const void* weights, int32_t channels,
      const int32_t* start, int32_t* sums);

  /*
   * The same of a tile and no more than BN_FEW filters, or NULL: the weights lie as they are, filters
   * `pitch` apart, zeros behind each up to a multiple of BN_FEW_GROUP; sums[p * BN_BLOCK + o].
   */
  void (*multiply_few)(
      const void* patch, int32_t stride, int32_t depth, const int8_t* weights, int32_t pitch,
      const int32_t* start, int32_t start_stride, int32_t* sums);

  /* Tables by kind. */
  const bn_epilogue_fn* epilogues;        /* of int32 sums */
  const bn_epilogue_fn* narrow_epilogues; /* of int16 sums, where narrow */

  const bn_pool_fn* pools; /* by kind */
  bn_binarize_fn binarize[BN_NUMBERS]; /* by kind */
  const bn_mark_fn* marks;             /* by kind */
  void (*stream_binarize)(const int8_t*, const int32_t*, int32_t, int64_t, uint8_t*);

  /* Sums over pixels `stride` bytes apart: of 32 int8, of 32 bits that are 1. */
  void (*sum_int8)(const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums);
  void (*count_bits)(const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts);
};

void bn_s8_sum_i32_1x32__scalar(
    const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums);
void bn_b1_count_i32_1x32__scalar(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts);

extern const bn_pool_fn bn_pools__portable[BN_POOLS];
extern const bn_mark_fn bn_marks__portable[BN_NUMBERS];
extern const bn_backend bn_backend_scalar;
#if defined(__x86_64__) || defined(_M_X64)
#define BN_X86 1
extern const bn_backend bn_backend_avx2;
extern const bn_backend bn_backend_avx512;
#elif defined(__aarch64__)
#define BN_ARM 1
extern const bn_backend bn_backend_neon;
extern const bn_backend bn_backend_neondot;
#endif

/* Neighbouring filters that are computed together. */
typedef struct {
  int32_t first;
  int32_t width; /* index into the backend's tiles */
  int32_t channels; /* 32 (width + 1) */
  size_t offset; /* of its packed weights */
} bn_filter_block;

struct bn_conv {
  const bn_backend* backend;
  bn_input_kind input;
  bn_window window;
  int32_t channels, input_channels;
  int32_t taps;
  int32_t pixel_bytes;  /* of the input */
  int32_t base;         /* bits: the sum if no sign differs */
  int32_t part;         /* parities: words of a pixel's channels that are summed at once */
  bool wide;            /* sums are int32 although the backend is narrow */
  uint8_t pad;          /* integers: the byte that stands for 0 in a patch */
  int32_t depth;        /* integers: taps * channels */
  int32_t few_pitch;    /* integers: not 0 if the filters are few, see multiply_few */
  int32_t* base_sums;   /* integers: [O32], what the zero point adds */
  bn_params params;
  uint8_t* weights;
  uint8_t* zeros; /* a pixel of padding */
  bn_filter_block* blocks;
  int32_t block_count;
};

/* A walk over output pixels: image, row, column. */
typedef struct {
  int64_t image, y, x;
} bn_position;

static inline bn_position bn_position_of(const bn_conv_call* call, int64_t pixel) {
  bn_position at;
  at.x = pixel % call->out_w;
  at.y = pixel / call->out_w % call->out_h;
  at.image = pixel / call->out_w / call->out_h;
  return at;
}

static inline void bn_position_next(bn_position* at, const bn_conv_call* call) {
  if (++at->x == call->out_w) {
    at->x = 0;
    if (++at->y == call->out_h) {
      at->y = 0;
      at->image++;
    }
  }
}

static inline int64_t bn_min(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t bn_max(int64_t a, int64_t b) { return a > b ? a : b; }
static inline int64_t bn_ceil_div(int64_t a, int64_t b) { return (a + b - 1) / b; }

/* copy_windows of any CPU. */
void bn_copy_windows(const bn_windows* windows, uint8_t* to, int32_t stride);

/* The ways a piece of work is done, see bn_run_fn. */
void bn_run_bits(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block);
void bn_run_parities(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block);
void bn_run_bytes(
    const bn_conv* conv, const bn_conv_call* call, int64_t begin, int64_t end, int32_t first_block,
    int32_t end_block);

/* rint to nearest even of a value within +-2^22, then to an integer. */
static inline int32_t bn_round(float v) {
  /* The addition pushes the fraction out of the significand; the processor rounds it. */
  float shifted = v + 12582912.0f;
  return (int32_t)(shifted - 12582912.0f);
}

static inline int32_t bn_level(float v, int32_t min, int32_t max) {
  if (v <= (float)min) return min;
  if (v >= (float)max) return max;
  return bn_round(v);
}

#endif
