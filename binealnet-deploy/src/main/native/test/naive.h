/* The definitions of include/binealnet.h as the plainest loops, for tests only. */
#ifndef BINEALNET_TEST_NAIVE_H
#define BINEALNET_TEST_NAIVE_H

#include "binealnet.h"

/* Results in one buffer each: bits as one byte per channel. */
typedef struct {
  int8_t* integers; /* [pixels][O32] bits (0, 1) or levels */
  uint8_t* bits;    /* [pixels][O32] second output of a stream, or NULL */
  float* reals;     /* [pixels][outputs], or NULL */
} naive_result;

void naive_conv(const bn_conv_spec* spec, const bn_conv_call* call, naive_result* result);

#endif
