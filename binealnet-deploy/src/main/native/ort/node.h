/* A node of the graph: its attributes and tensors, checked; failures become an OrtStatus. */
#ifndef BINEALNET_NODE_H
#define BINEALNET_NODE_H

#include "binealnet.h"
#include "ort_abi.h"

enum { MAX_INPUTS = 7, MAX_OUTPUTS = 2, RANK = 4, MAX_RANK = 8 };

/* An operator of domain ai.binealnet. `base` comes first: ONNX Runtime hands it back. */
typedef struct operator_def operator_def;
struct operator_def {
  OrtCustomOp base;
  const char* name;
  int kind; /* for the functions below */
  int inputs[MAX_INPUTS];
  int outputs[MAX_OUTPUTS];
  size_t input_count, output_count;
  OrtStatus* (*create)(const operator_def* op, const OrtKernelInfo* info, void** kernel);
  OrtStatus*(ORT_CALL* compute)(void* kernel, OrtKernelContext* context);
  void(ORT_CALL* destroy)(void* kernel);
};

/* The interface table, set once before the first operator is registered. */
extern const OrtApi* ort;

/* The kernels that every operator uses. */
extern const bn_backend* ort_backend;

/* Returns from the calling function if an OrtStatus is an error. */
#define TRY(expression)                 \
  do {                                  \
    OrtStatus* try_status = (expression); \
    if (try_status) return try_status;  \
  } while (0)

/* "NAME: message" as an error. */
#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
OrtStatus* node_error(const operator_def* op, const char* format, ...);

/* Attributes; a missing one is an error. */
OrtStatus* node_int(
    const operator_def* op, const OrtKernelInfo* info, const char* name, int32_t min, int32_t max,
    int32_t* value);
OrtStatus* node_real(
    const operator_def* op, const OrtKernelInfo* info, const char* name, float* value);
OrtStatus* node_ints(
    const operator_def* op, const OrtKernelInfo* info, const char* name, size_t count,
    int32_t* values);

/* Whether a list of integers is there. */
bool node_has_ints(const OrtKernelInfo* info, const char* name);

/* Copies what an operator read, of `size` bytes, for free() when the session closes. */
OrtStatus* node_keep(const operator_def* op, const void* kernel, size_t size, void** out);

/* A tensor's extents and its data. */
typedef struct {
  void* data;
  int type; /* OrtElementType, or one that no operator knows */
  size_t rank;
  int64_t dims[MAX_RANK];
} tensor;

/* An input that must be an initializer, of a given rank. */
OrtStatus* node_constant(
    const operator_def* op, const OrtKernelInfo* info, size_t index, const char* name, size_t rank,
    tensor* out);

/* An initializer that is a vector of `length`. */
OrtStatus* node_vector(
    const operator_def* op, const OrtKernelInfo* info, size_t index, const char* name,
    int64_t length, const void** data);

/* An input of a run. */
OrtStatus* node_input(
    const operator_def* op, const OrtKernelContext* context, size_t index, const char* name,
    size_t rank, tensor* out);

/* An output [n,h,w,c]. */
OrtStatus* node_output(
    OrtKernelContext* context, size_t index, int64_t n, int64_t h, int64_t w, int64_t c,
    void** data);

/* Runs the pieces on ONNX Runtime's threads, or here if there is only one. */
OrtStatus* node_parallel(
    const OrtKernelContext* context, void (*task)(void* data, size_t index), int64_t total,
    void* data);

/* The operators, each list ended by an entry without a name. */
extern operator_def conv_operators[];
extern operator_def pixel_operators[];
extern operator_def pool_operators[];
extern operator_def head_operators[];
extern operator_def info_operators[];

#endif
