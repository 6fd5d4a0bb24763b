/* Sums of 32 channels over the pixels of an image; narrow ones are widened before they overflow. */
#include "neon.h"

#include <arm_neon.h>
#include <string.h>

enum { BYTE_RUN = 255, WORD_RUN = 256, PARTS = 4 }; /* ones in a byte; -128s in an int16 */

/* Adds 8 int16 to int32. */
static inline void widen8(int16x8_t words, int32_t* sums) {
  vst1q_s32(sums, vaddw_s16(vld1q_s32(sums), vget_low_s16(words)));
  vst1q_s32(sums + 4, vaddw_s16(vld1q_s32(sums + 4), vget_high_s16(words)));
}

void bn_s8_sum_i32_1x32__neon(const int8_t* x, int64_t pixels, int64_t stride, int32_t* sums) {
  memset(sums, 0, sizeof *sums * BN_BLOCK);
  while (pixels > 0) {
    int64_t run = bn_min(pixels, WORD_RUN);
    int16x8_t words[PARTS];
    for (int j = 0; j < PARTS; j++) words[j] = vdupq_n_s16(0);
    for (int64_t i = 0; i < run; i++, x += stride) {
      for (int j = 0; j < PARTS; j++) words[j] = vaddw_s8(words[j], vld1_s8(x + 8 * j));
    }
    for (int j = 0; j < PARTS; j++) widen8(words[j], sums + 8 * j);
    pixels -= run;
  }
}

void bn_b1_count_i32_1x32__neon(
    const uint8_t* x, int64_t pixels, int64_t stride, int32_t* counts) {
  memset(counts, 0, sizeof *counts * BN_BLOCK);
  const uint8x8_t own = vcreate_u8(0x8040201008040201);
  while (pixels > 0) {
    int64_t run = bn_min(pixels, BYTE_RUN);
    uint8x8_t sums[PARTS];
    for (int j = 0; j < PARTS; j++) sums[j] = vdup_n_u8(0);
    for (int64_t i = 0; i < run; i++, x += stride) {
      for (int j = 0; j < PARTS; j++) sums[j] = vsub_u8(sums[j], vtst_u8(vdup_n_u8(x[j]), own));
    }
    for (int j = 0; j < PARTS; j++) widen8(vreinterpretq_s16_u16(vmovl_u8(sums[j])), counts + 8 * j);
    pixels -= run;
  }
}
