/* The two NEON backends. */
#include "neon.h"

#if defined(__linux__)
#include <sys/auxv.h>
#elif defined(__APPLE__)
#include <sys/sysctl.h>
#endif

static bool has_neon(void) { return true; }

static bool has_dot(void) {
#if defined(__linux__)
  enum { ASIMD_DOT_PRODUCT = 1 << 20 };
  return getauxval(AT_HWCAP) & ASIMD_DOT_PRODUCT;
#elif defined(__APPLE__)
  int present = 0;
  size_t size = sizeof present;
  return !sysctlbyname("hw.optional.arm.FEAT_DotProd", &present, &size, NULL, 0) && present;
#else
  return false;
#endif
}

#define COMMON                                  \
  .run_bits = bn_run_bits,                      \
  .bit_expansion = 1,                           \
  .pack_bits = bn_pack_words__neon,             \
  .byte_pixels = 4,                             \
  .copy_windows = bn_copy_windows,              \
  .epilogues = bn_i32_epilogues__neon,          \
  .pools = bn_pools__portable,                  \
  .binarize = {bn_f32_binarize_b1_1x32__neon, bn_u8_binarize_b1_1x32__neon}, \
  .marks = bn_marks__portable,                  \
  .stream_binarize = bn_s8_binarize_b1_1x32__neon, \
  .sum_int8 = bn_s8_sum_i32_1x32__neon,         \
  .count_bits = bn_b1_count_i32_1x32__neon

const bn_backend bn_backend_neon = {
    .name = "neon",
    .available = has_neon,
    .bits = {{4, bn_b1_gemm_i32_4x32__neon},
             {4, bn_b1_gemm_i32_4x64__neon},
             {4, bn_b1_gemm_i32_4x96__neon}},
    .patch = BN_PATCH_INT16,
    .group = 1,
    .weight_size = 2,
    .pack_bytes = bn_pack_wide__neon,
    .multiply = bn_s16_gemm_i32_4x16__neon,
    COMMON};

const bn_backend bn_backend_neondot = {
    .name = "neondot",
    .available = has_dot,
    .bits = {{4, bn_b1_gemm_i32_4x32__neondot},
             {4, bn_b1_gemm_i32_4x64__neondot},
             {4, bn_b1_gemm_i32_4x96__neondot}},
    .patch = BN_PATCH_INT8,
    .group = 4,
    .weight_size = 1,
    .pack_bytes = bn_pack_fours__neondot,
    .multiply = bn_s8_gemm_i32_4x16__neondot,
    COMMON};
