/*
 * Sums of signs by cnt: 4 pixels x 16 filters, a word of 32 signs at a time. Included by each NEON
 * backend with its own way to add up the counts:
 *   GEMM_ISA        the name
 *   COUNTS          what is added to in the inner loop, from START(total) to its END
 *   ADD(counts, c)  adds the 16 byte counts c
 *   MOST            words between START and END
 *   END(total, counts)
 */
#include <arm_neon.h>
#include <string.h>

#include "neon.h"

#define JOIN2(A, B, C) A##B##C
#define JOIN(A, B, C) JOIN2(A, B, C)
#define GEMM_NAME(WIDTH) JOIN(bn_b1_gemm_i32_4x##WIDTH, __, GEMM_ISA)
#define EACH_PIXEL _Pragma("GCC unroll 4") for (int p = 0; p < 4; p++)
#define EACH_VECTOR _Pragma("GCC unroll 4") for (int n = 0; n < 4; n++)

/* Adds a run to the totals; returns the weights after it. */
static inline __attribute__((always_inline)) const uint8_t* add_run(
    const uint8_t* const* rows, int32_t run, const uint8_t* weights, uint32x4_t total[4][4]) {
  for (int32_t from = 0; from < run; from += 4 * MOST) {
    int32_t end = run - from < 4 * MOST ? run : from + 4 * MOST;
    COUNTS counts[4][4];
    EACH_PIXEL EACH_VECTOR counts[p][n] = START(total[p][n]);
    for (int32_t k = from; k < end; k += 4, weights += 64) {
      uint8x16_t w[4];
      EACH_VECTOR w[n] = vld1q_u8(weights + 16 * n);
      EACH_PIXEL {
        uint8x16_t x = vreinterpretq_u8_u32(vld1q_dup_u32((const uint32_t*)(rows[p] + k)));
        EACH_VECTOR counts[p][n] = ADD(counts[p][n], vcntq_u8(veorq_u8(x, w[n])));
      }
    }
    EACH_PIXEL EACH_VECTOR total[p][n] = END(total[p][n], counts[p][n]);
  }
  return weights;
}

static inline __attribute__((always_inline)) void gemm(
    const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights,
    int32_t base, int32_t* sums, int32_t channels) {
  for (int32_t o = 0; o < channels; o += 16) {
    uint32x4_t total[4][4];
    EACH_PIXEL EACH_VECTOR total[p][n] = vdupq_n_u32(0);
    for (int32_t s = 0; s < segments; s++) weights = add_run(rows + 4 * s, run, weights, total);
    EACH_PIXEL EACH_VECTOR {
      int32x4_t twice = vreinterpretq_s32_u32(vshlq_n_u32(total[p][n], 1));
      vst1q_s32(sums + p * channels + o + 4 * n, vsubq_s32(vdupq_n_s32(base), twice));
    }
  }
}

#define GEMM(WIDTH)                                                                          \
  void GEMM_NAME(WIDTH)(                                                                     \
      const uint8_t* const* rows, int32_t segments, int32_t run, const uint8_t* weights,     \
      int32_t base, void* sums) {                                                            \
    gemm(rows, segments, run, weights, base, sums, WIDTH);                                   \
  }
GEMM(32)
GEMM(64)
GEMM(96)
