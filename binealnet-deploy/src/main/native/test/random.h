/* A small seeded generator, the same on every machine. */
#ifndef BINEALNET_TEST_RANDOM_H
#define BINEALNET_TEST_RANDOM_H

#include <stdint.h>
#include <stdlib.h>

static uint64_t random_state = 1;

/* xorshift64* */
static inline uint32_t next(void) {
  random_state ^= random_state >> 12;
  random_state ^= random_state << 25;
  random_state ^= random_state >> 27;
  return (uint32_t)(random_state * 0x2545F4914F6CDD1Dull >> 32);
}

static inline void seed(uint64_t value) {
  random_state = value * 0x9E3779B97F4A7C15ull + 1;
  for (int i = 0; i < 8; i++) next();
}

/* from low to high, both included */
static inline int32_t between(int32_t low, int32_t high) {
  return low + (int32_t)(next() % (uint32_t)(high - low + 1));
}

static inline float real(float size) { return ((float)next() / 2147483648.0f - 1.0f) * size; }

/* Memory that exists byte for byte, so that a sanitizer sees any overrun. */
static inline void* memory(size_t bytes) {
  void* m = malloc(bytes ? bytes : 1);
  if (!m) abort();
  return m;
}

static inline uint8_t* noise(size_t bytes) {
  uint8_t* m = memory(bytes);
  for (size_t i = 0; i < bytes; i++) m[i] = (uint8_t)next();
  return m;
}

#endif
