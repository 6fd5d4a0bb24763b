/* Windowed operators of any CPU. */
#include "pool.h"

#include <string.h>

typedef void (*fold)(uint8_t* result, const uint8_t* tap, int32_t bytes);

static void fold_bits(uint8_t* result, const uint8_t* tap, int32_t bytes) {
  for (int32_t b = 0; b < bytes; b++) result[b] &= tap[b];
}

static void fold_int8(uint8_t* result, const uint8_t* tap, int32_t bytes) {
  int8_t* best = (int8_t*)result;
  const int8_t* q = (const int8_t*)tap;
  for (int32_t b = 0; b < bytes; b++) best[b] = q[b] > best[b] ? q[b] : best[b];
}

static void pool_row(const bn_pool* pool, const uint8_t* x, uint8_t* y, int64_t row, fold f) {
  int32_t bytes = pool->bytes;
  uint8_t* out = y + row * pool->out_w * bytes;
  bn_taps taps = bn_taps_of_row(pool, row);
  for (int64_t column = 0; column < pool->out_w; column++, out += bytes) {
    bn_taps_move(&taps, pool, column);
    const uint8_t* corner = x + taps.offset;
    memcpy(out, corner, (size_t)bytes);
    for (int64_t r = 0; r < taps.rows; r++, corner += taps.pitch) {
      for (int64_t c = 0; c < taps.columns; c++) f(out, corner + c * bytes, bytes);
    }
  }
}

static void max_bits(const bn_pool* pool, const void* x, void* y, int64_t row) {
  pool_row(pool, x, y, row, fold_bits);
}

static void max_int8(const bn_pool* pool, const void* x, void* y, int64_t row) {
  pool_row(pool, x, y, row, fold_int8);
}

static void average_int8(const bn_pool* pool, const void* x, void* y, int64_t row) {
  int8_t* out = (int8_t*)y + row * pool->out_w * pool->bytes;
  bn_taps taps = bn_taps_of_row(pool, row);
  for (int64_t column = 0; column < pool->out_w; column++, out += pool->bytes) {
    bn_taps_move(&taps, pool, column);
    const int8_t* corner = (const int8_t*)x + taps.offset;
    for (int32_t b = 0; b < pool->bytes; b++) {
      out[b] = bn_average(&taps, corner + b, pool->bytes);
    }
  }
}

const bn_pool_fn bn_pools__portable[BN_POOLS] = {max_bits, max_int8, average_int8};
