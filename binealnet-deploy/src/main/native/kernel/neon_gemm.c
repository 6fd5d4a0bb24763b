/* Sums on every 64-bit ARM CPU: byte counts, widened after 31 words. */
#define GEMM_ISA neon
#define COUNTS uint8x16_t
#define START(total) vdupq_n_u8(0)
#define ADD(counts, c) vaddq_u8(counts, c)
#define MOST 31
#define END(total, counts) vpadalq_u16(total, vpaddlq_u8(counts))
#include "neon_bits.h"

/* [channels / 16][bytes / 4][16] words of 32 signs. */
void bn_pack_words__neon(const uint8_t* weights, int32_t channels, size_t bytes, uint8_t* packed) {
  for (int32_t o = 0; o < channels; o += 16) {
    for (size_t k = 0; k < bytes; k += 4) {
      for (int32_t i = o; i < o + 16; i++, packed += 4) {
        memcpy(packed, weights + (size_t)i * bytes + k, 4);
      }
    }
  }
}

/* 16 channels: `weights`, `start` and `sums` point to the first of them. */
static void multiply16(
    const int16_t* x, int32_t stride, int32_t depth, const int16_t* weights, int32_t channels,
    const int32_t* start, int32_t start_stride, int32_t* sums) {
  int32x4_t acc[4][4];
  EACH_PIXEL EACH_VECTOR acc[p][n] = vld1q_s32(start + p * start_stride + 4 * n);
  for (int32_t k = 0; k < depth; k++, weights += channels) {
    int16x8_t a = vld1q_s16(weights);
    int16x8_t b = vld1q_s16(weights + 8);
    EACH_PIXEL {
      int16x4_t v = vld1_dup_s16(x + p * stride + k);
      acc[p][0] = vmlal_s16(acc[p][0], vget_low_s16(a), v);
      acc[p][1] = vmlal_s16(acc[p][1], vget_high_s16(a), v);
      acc[p][2] = vmlal_s16(acc[p][2], vget_low_s16(b), v);
      acc[p][3] = vmlal_s16(acc[p][3], vget_high_s16(b), v);
    }
  }
  EACH_PIXEL EACH_VECTOR vst1q_s32(sums + p * channels + 4 * n, acc[p][n]);
}

void bn_s16_gemm_i32_4x16__neon(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums) {
  for (int32_t o = 0; o < used; o += 16) {
    multiply16(patch, stride, depth, (const int16_t*)weights + o, channels, start + o,
               start_stride, sums + o);
  }
}

/* [depth][channels] int16. */
void bn_pack_wide__neon(const int8_t* weights, int32_t channels, int32_t depth, void* packed) {
  int16_t* to = packed;
  for (int32_t k = 0; k < depth; k++) {
    for (int32_t o = 0; o < channels; o++) *to++ = weights[(size_t)o * (size_t)depth + (size_t)k];
  }
}
