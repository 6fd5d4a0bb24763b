/* Messages, memory, the choice of a backend. */
#include "internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool bn_fail(bn_error* error, const char* format, ...) {
  if (error) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
  }
  return false;
}

void* bn_allocate(size_t bytes) {
  if (bytes > SIZE_MAX - 2 * BN_ALIGNMENT) return NULL;
  /* The original address is kept just before the aligned one. */
  char* raw = calloc(1, bytes + 2 * BN_ALIGNMENT);
  if (!raw) return NULL;
  char* aligned = raw + BN_ALIGNMENT + (BN_ALIGNMENT - (uintptr_t)raw % BN_ALIGNMENT);
  memcpy(aligned - sizeof raw, &raw, sizeof raw);
  return aligned;
}

void bn_free(void* memory) {
  if (!memory) return;
  void* raw;
  memcpy(&raw, (char*)memory - sizeof raw, sizeof raw);
  free(raw);
}

void bn_copy_windows(const bn_windows* windows, uint8_t* to, int32_t stride) {
  for (int32_t i = 0; i < windows->count; i++) {
    const uint8_t* from = windows->from + i * windows->step;
    for (int32_t row = 0; row < windows->rows; row++) {
      uint8_t* start = to + i * stride + row * windows->run;
      memcpy(start, from + row * windows->pitch, (size_t)windows->run);
      if (!windows->flip) continue;
      for (int32_t j = 0; j < windows->run; j++) start[j] ^= windows->flip;
    }
  }
}

/* The fastest first. */
static const bn_backend* const backends[] = {
#if defined(BN_X86)
    &bn_backend_avx512, &bn_backend_avx2,
#elif defined(BN_ARM)
    &bn_backend_neondot, &bn_backend_neon,
#endif
    &bn_backend_scalar,
};

enum { BACKENDS = sizeof backends / sizeof *backends };

const bn_backend* bn_backend_named(const char* name, bn_error* error) {
  for (int i = 0; i < BACKENDS; i++) {
    if (strcmp(backends[i]->name, name)) continue;
    if (backends[i]->available()) return backends[i];
    bn_fail(error, "this CPU cannot run the %s kernels", name);
    return NULL;
  }
  bn_fail(error, "there are no kernels named '%.40s' for this kind of CPU", name);
  return NULL;
}

const bn_backend* bn_backend_default(bn_error* error) {
  const char* name = getenv("BINEALNET_ISA");
  if (name && *name) return bn_backend_named(name, error);
  for (int i = 0; i < BACKENDS - 1; i++) {
    if (backends[i]->available()) return backends[i];
  }
  return &bn_backend_scalar;
}

const char* bn_backend_name(const bn_backend* backend) { return backend->name; }
