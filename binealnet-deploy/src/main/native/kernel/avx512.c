/* The AVX-512 backend. Every CPU that has it has AVX2, which serves the small operators. */
#include "avx512.h"
#include "avx2.h"

static bool available(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f")
      && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
      && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vpopcntdq")
      && __builtin_cpu_supports("avx512vnni");
}

const bn_backend bn_backend_avx512 = {
    .name = "avx512",
    .available = available,
    .run_bits = bn_run_parities,
    .parities = {{6, bn_b1_gemm_i32_6x32__avx512, bn_b1_gemm_6x32__avx512},
                 {3, bn_b1_gemm_i32_3x64__avx512, bn_b1_gemm_3x64__avx512},
                 {2, bn_b1_gemm_i32_2x96__avx512, bn_b1_gemm_2x96__avx512}},
    .bit_expansion = 1,
    .pack_bits = bn_pack_parities__avx512,
    .patch = BN_PATCH_UINT8,
    .byte_pixels = 8,
    .group = 4,
    .weight_size = 1,
    .pack_bytes = bn_pack_fours__avx512,
    .copy_windows = bn_copy_windows__avx512,
    .multiply = bn_u8_gemm_i32_8x32__avx512,
    .multiply_pixel = bn_u8_gemm_i32_1x32__avx512,
    .multiply_few = bn_u8_gemm_i32_8x4__avx512,
    .epilogues = bn_i32_epilogues__avx512,
    .pools = bn_pools__avx2,
    .binarize = {bn_f32_binarize_b1_1x32__avx2, bn_u8_binarize_b1_1x32__avx2},
    .marks = bn_marks__avx2,
    .stream_binarize = bn_s8_binarize_b1_1x32__avx2,
    .sum_int8 = bn_s8_sum_i32_1x32__avx2,
    .count_bits = bn_b1_count_i32_1x32__avx2,
};
