/* The parts of the AVX-512 backend (BW, VL, DQ, VPOPCNTDQ, VNNI). */
#ifndef BINEALNET_AVX512_H
#define BINEALNET_AVX512_H

#include "internal.h"

void bn_b1_gemm_i32_6x32__avx512(const bn_parity_tile* tile, int32_t* sums);
extern const bn_tile_fn bn_b1_gemm_6x32__avx512[BN_EPILOGUES];
void bn_b1_gemm_i32_3x64__avx512(const bn_parity_tile* tile, int32_t* sums);
extern const bn_tile_fn bn_b1_gemm_3x64__avx512[BN_EPILOGUES];
void bn_b1_gemm_i32_2x96__avx512(const bn_parity_tile* tile, int32_t* sums);
extern const bn_tile_fn bn_b1_gemm_2x96__avx512[BN_EPILOGUES];
void bn_pack_parities__avx512(
    const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed);

void bn_copy_windows__avx512(const bn_windows* windows, uint8_t* to, int32_t stride);
void bn_u8_gemm_i32_8x32__avx512(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums);
void bn_pack_fours__avx512(const int8_t* weights, int32_t channels, int32_t depth, void* packed);

extern const bn_epilogue_fn bn_i32_epilogues__avx512[BN_EPILOGUES];

void bn_u8_gemm_i32_1x32__avx512(
    const void* patch, int32_t depth, const void* weights, int32_t channels, const int32_t* start,
    int32_t* sums);
void bn_u8_gemm_i32_8x4__avx512(
    const void* patch, int32_t stride, int32_t depth, const int8_t* weights, int32_t pitch,
    const int32_t* start, int32_t start_stride, int32_t* sums);

#endif
