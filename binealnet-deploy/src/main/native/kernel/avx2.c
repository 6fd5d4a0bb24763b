/* The AVX2 backend. */
#include "avx2.h"

static bool available(void) { return __builtin_cpu_supports("avx2"); }

const bn_backend bn_backend_avx2 = {
    .name = "avx2",
    .available = available,
    .narrow = true,
    .run_bits = bn_run_bits,
    .bits = {{4, bn_b1_gemm_i16_4x32__avx2},
             {4, bn_b1_gemm_i16_4x64__avx2},
             {3, bn_b1_gemm_i16_3x96__avx2}},
    .bit_expansion = 2,
    .pack_bits = bn_pack_nibbles__avx2,
    .patch = BN_PATCH_INT16,
    .byte_pixels = 4,
    .group = 2,
    .weight_size = 2,
    .pack_bytes = bn_pack_pairs__avx2,
    .copy_windows = bn_copy_windows,
    .multiply = bn_s16_gemm_i32_4x16__avx2,
    .epilogues = bn_i32_epilogues__avx2,
    .narrow_epilogues = bn_i16_epilogues__avx2,
    .pools = bn_pools__avx2,
    .binarize = {bn_f32_binarize_b1_1x32__avx2, bn_u8_binarize_b1_1x32__avx2},
    .marks = bn_marks__avx2,
    .stream_binarize = bn_s8_binarize_b1_1x32__avx2,
    .sum_int8 = bn_s8_sum_i32_1x32__avx2,
    .count_bits = bn_b1_count_i32_1x32__avx2,
};
