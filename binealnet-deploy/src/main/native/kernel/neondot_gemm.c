/* Sums with the dot product instructions of ARMv8.2, which widen to 32 bits by themselves. */
#define GEMM_ISA neondot
#define COUNTS uint32x4_t
#define START(total) (total)
#define ADD(counts, c) vdotq_u32(counts, c, vdupq_n_u8(1))
#define MOST (1 << 20)
#define END(total, counts) (counts)
#include "neon_bits.h"

/* 16 channels: `weights`, `start` and `sums` point to the first of them. */
static void multiply16(
    const int8_t* x, int32_t stride, int32_t depth, const int8_t* weights, int32_t channels,
    const int32_t* start, int32_t start_stride, int32_t* sums) {
  int32x4_t acc[4][4];
  EACH_PIXEL EACH_VECTOR acc[p][n] = vld1q_s32(start + p * start_stride + 4 * n);
  for (int32_t k = 0; k < depth; k += 4, weights += 4 * channels) {
    int8x16_t w[4];
    EACH_VECTOR w[n] = vld1q_s8(weights + 16 * n);
    EACH_PIXEL {
      int32_t four;
      memcpy(&four, x + p * stride + k, sizeof four);
      int8x16_t v = vreinterpretq_s8_s32(vdupq_n_s32(four));
      EACH_VECTOR acc[p][n] = vdotq_s32(acc[p][n], v, w[n]);
    }
  }
  EACH_PIXEL EACH_VECTOR vst1q_s32(sums + p * channels + 4 * n, acc[p][n]);
}

void bn_s8_gemm_i32_4x16__neondot(
    const void* patch, int32_t stride, int32_t depth, const void* weights, int32_t channels,
    int32_t used, const int32_t* start, int32_t start_stride, int32_t* sums) {
  for (int32_t o = 0; o < used; o += 16) {
    multiply16(patch, stride, depth, (const int8_t*)weights + 4 * o, channels, start + o,
               start_stride, sums + o);
  }
}

/* [depth / 4][channels][4] int8. */
void bn_pack_fours__neondot(const int8_t* weights, int32_t channels, int32_t depth, void* packed) {
  int8_t* to = packed;
  for (int32_t k = 0; k < depth; k += 4) {
    for (int32_t o = 0; o < channels; o++) {
      for (int32_t j = k; j < k + 4; j++) {
        *to++ = j < depth ? weights[(size_t)o * (size_t)depth + (size_t)j] : 0;
      }
    }
  }
}
