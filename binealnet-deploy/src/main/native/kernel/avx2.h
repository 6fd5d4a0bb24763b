/* The parts of the AVX2 backend; compiled with -mavx2, called only where the CPU has it. */
#ifndef BINEALNET_AVX2_H
#define BINEALNET_AVX2_H

#include "internal.h"

void bn_b1_gemm_i16_4x32__avx2(
    const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights, int32_t base,
    void* sums);
void bn_b1_gemm_i16_4x64__avx2(
    const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights, int32_t base,
    void* sums);
void bn_b1_gemm_i16_3x96__avx2(
    const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights, int32_t base,
    void* sums);
void bn_pack_nibbles__avx2(const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed);

void bn_s16_gemm_i32_4x16__avx2(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums);
void bn_pack_pairs__avx2(const int8_t* weights, int32_t channels, int32_t depth, void* packed);

extern const bn_epilogue_fn bn_i32_epilogues__avx2[BN_EPILOGUES];
extern const bn_epilogue_fn bn_i16_epilogues__avx2[BN_EPILOGUES];

extern const bn_pool_fn bn_pools__avx2[BN_POOLS];
void bn_f32_binarize_b1_1x32__avx2(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y);
void bn_u8_binarize_b1_1x32__avx2(
    const void* x, const float* thresholds, int32_t channels, int64_t pixels, uint8_t* y);
extern const bn_mark_fn bn_marks__avx2[BN_NUMBERS];
void bn_s8_binarize_b1_1x32__avx2(
    const int8_t* x, const int32_t* thresholds, int32_t channels, int64_t pixels, uint8_t* y);

void bn_s8_sum_i32_1x32__avx2(const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums);
void bn_b1_count_i32_1x32__avx2(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts);

#endif
