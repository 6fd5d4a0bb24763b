/* The parts of the NEON backends; those that end in neondot need the dot product instructions. */
#ifndef BINEALNET_NEON_H
#define BINEALNET_NEON_H

#include "internal.h"

#define NEON_BIT_GEMM(WIDTH, ISA)                                                            \
  void bn_b1_gemm_i32_4x##WIDTH##__##ISA(                                                    \
      const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights,     \
      int32_t base, void* sums);
NEON_BIT_GEMM(32, neon)
NEON_BIT_GEMM(64, neon)
NEON_BIT_GEMM(96, neon)
NEON_BIT_GEMM(32, neondot)
NEON_BIT_GEMM(64, neondot)
NEON_BIT_GEMM(96, neondot)
#undef NEON_BIT_GEMM

void bn_pack_words__neon(const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed);

void bn_s16_gemm_i32_4x16__neon(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums);
void bn_pack_wide__neon(const int8_t* weights, int32_t channels, int32_t depth, void* packed);

void bn_s8_gemm_i32_4x16__neondot(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums);
void bn_pack_fours__neondot(const int8_t* weights, int32_t channels, int32_t depth, void* packed);

extern const bn_epilogue_fn bn_i32_epilogues__neon[BN_EPILOGUES];

void bn_f32_binarize_b1_1x32__neon(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y);
void bn_u8_binarize_b1_1x32__neon(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y);
void bn_s8_binarize_b1_1x32__neon(
    const int8_t* x, const int32_t* thresholds, int32_t channels, int64_t pixels, uint8_t* y);

void bn_s8_sum_i32_1x32__neon(const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums);
void bn_b1_count_i32_1x32__neon(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts);

#endif
