/* Marking numbers below a threshold: loops for a compiler to vectorize, once for each ISA. */
#ifndef BINEALNET_MARKS_H
#define BINEALNET_MARKS_H

#include "internal.h"

static inline void bn_mark_reals(
    const void* x, int64_t first, float threshold, uint32_t bit, int32_t count, uint32_t* words) {
  const float* from = (const float*)x + first;
  for (int32_t p = 0; p < count; p++) words[p] |= from[p] < threshold ? bit : 0;
}

static inline void bn_mark_pixels(
    const void* x, int64_t first, float threshold, uint32_t bit, int32_t count, uint32_t* words) {
  const uint8_t* from = (const uint8_t*)x + first;
  for (int32_t p = 0; p < count; p++) words[p] |= (float)from[p] < threshold ? bit : 0;
}

#endif
