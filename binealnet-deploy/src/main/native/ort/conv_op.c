/* BinaryConv2d* and ByteConv2d*: inputs X, W, then what the epilogue reads. */
#include <stdlib.h>

#include "node.h"

enum {
  IS_BYTES = 8,   /* else bits */
  IS_SIGNED = 16, /* an int8 stream of C32 channels, else uint8 pixels of C */
  HAS_BITS = 32,  /* a stream that also writes bits */
  EPILOGUE_MASK = 7
};

typedef struct {
  const operator_def* op;
  bn_conv* conv;
  bn_window window;
  int32_t channels, filters, outputs;
  float residual_factor;
} conv_kernel;

static bn_epilogue_kind epilogue_of(const operator_def* op) {
  return (bn_epilogue_kind)(op->kind & EPILOGUE_MASK);
}

static OrtStatus* read_window(
    const operator_def* op, const OrtKernelInfo* info, const tensor* weights, bn_window* w) {
  int32_t strides[2], pads[4], dilations[2];
  TRY(node_ints(op, info, "strides", 2, strides));
  TRY(node_ints(op, info, "pads", 4, pads));
  TRY(node_ints(op, info, "dilations", 2, dilations));
  if (weights->dims[1] > INT32_MAX || weights->dims[2] > INT32_MAX) {
    return node_error(op, "the kernel of W is too large");
  }
  bn_window window = {(int32_t)weights->dims[1], (int32_t)weights->dims[2], strides[0], strides[1],
                      dilations[0], dilations[1], pads[0], pads[1], pads[2], pads[3]};
  *w = window;
  return NULL;
}

static OrtStatus* read_filters(
    const operator_def* op, const OrtKernelInfo* info, bn_conv_spec* spec) {
  tensor w;
  TRY(node_constant(op, info, 1, "W", RANK, &w));
  TRY(node_int(op, info, "channels", 1, 1 << 20, &spec->channels));
  bool bits = !(op->kind & IS_BYTES);
  int64_t padded = ((int64_t)spec->channels + BN_BLOCK - 1) / BN_BLOCK * BN_BLOCK;
  int64_t last = bits ? padded / 8 : spec->channels;
  if (w.dims[3] != last) {
    return node_error(op, "the last dimension of W must be %lld for %d channels, got %lld",
                      (long long)last, spec->channels, (long long)w.dims[3]);
  }
  if (w.dims[0] < BN_BLOCK || w.dims[0] % BN_BLOCK || w.dims[0] > INT32_MAX) {
    return node_error(op, "the number of filters must be a multiple of %d, got %lld", BN_BLOCK,
                      (long long)w.dims[0]);
  }
  spec->weights = w.data;
  spec->filters = (int32_t)w.dims[0];
  spec->outputs = spec->filters;
  bool pixels = (op->kind & IS_BYTES) && !(op->kind & IS_SIGNED);
  spec->input_channels = (int32_t)(pixels ? spec->channels : padded);
  return read_window(op, info, &w, &spec->window);
}

static OrtStatus* read_affine(
    const operator_def* op, const OrtKernelInfo* info, bn_conv_spec* spec) {
  tensor scale;
  const void* shift;
  TRY(node_constant(op, info, 2, "S", 1, &scale));
  if (epilogue_of(op) == BN_TO_FLOAT) {
    if (scale.dims[0] < 1 || scale.dims[0] > spec->filters) {
      return node_error(op, "S must have 1 to %d values, got %lld", spec->filters,
                        (long long)scale.dims[0]);
    }
    spec->outputs = (int32_t)scale.dims[0];
  } else if (scale.dims[0] != spec->filters) {
    return node_error(op, "S must have %d values, got %lld", spec->filters,
                      (long long)scale.dims[0]);
  }
  TRY(node_vector(op, info, 3, "B", scale.dims[0], &shift));
  spec->epilogue.scale = scale.data;
  spec->epilogue.shift = shift;
  return NULL;
}

static OrtStatus* read_thresholds(
    const operator_def* op, const OrtKernelInfo* info, size_t index, bn_conv_spec* spec) {
  const void* thresholds;
  TRY(node_vector(op, info, index, "T", spec->filters, &thresholds));
  spec->epilogue.thresholds = thresholds;
  return NULL;
}

static OrtStatus* read_levels(
    const operator_def* op, const OrtKernelInfo* info, bn_conv_spec* spec) {
  TRY(node_int(op, info, "min", -128, 127, &spec->epilogue.min));
  return node_int(op, info, "max", -128, 127, &spec->epilogue.max);
}

static OrtStatus* read_stream(
    const operator_def* op, const OrtKernelInfo* info, bn_conv_spec* spec) {
  const void* slope;
  TRY(node_vector(op, info, 5, "A", spec->filters, &slope));
  TRY(node_real(op, info, "residual_factor", &spec->epilogue.residual_factor));
  bool neutral = true;
  for (int32_t o = 0; o < spec->filters; o++) neutral = neutral && ((const float*)slope)[o] == 1;
  spec->epilogue.slope = neutral ? NULL : slope;
  return op->kind & HAS_BITS ? read_thresholds(op, info, 6, spec) : NULL;
}

static OrtStatus* read_epilogue(
    const operator_def* op, const OrtKernelInfo* info, bn_conv_spec* spec) {
  spec->epilogue.kind = epilogue_of(op);
  if (spec->epilogue.kind == BN_TO_BITS) return read_thresholds(op, info, 2, spec);
  TRY(read_affine(op, info, spec));
  if (spec->epilogue.kind == BN_TO_FLOAT) return NULL;
  if (spec->epilogue.kind == BN_TO_STREAM) return read_stream(op, info, spec);
  TRY(read_levels(op, info, spec));
  if (spec->epilogue.kind == BN_TO_INT8) return NULL;
  const void* flips;
  TRY(read_thresholds(op, info, 5, spec));
  TRY(node_vector(op, info, 6, "F", spec->filters, &flips));
  spec->epilogue.flips = flips;
  return NULL;
}

static OrtStatus* create(const operator_def* op, const OrtKernelInfo* info, void** out) {
  bn_conv_spec spec = {.input = op->kind & IS_BYTES ? BN_UINT8 : BN_BITS};
  if (op->kind & IS_SIGNED) spec.input = BN_INT8;
  TRY(read_filters(op, info, &spec));
  if (op->kind & IS_BYTES) TRY(node_int(op, info, "zero_point", -128, 255, &spec.zero_point));
  TRY(read_epilogue(op, info, &spec));
  conv_kernel* kernel = calloc(1, sizeof *kernel);
  if (!kernel) return node_error(op, "not enough memory");
  bn_error error;
  kernel->conv = bn_conv_create(&spec, ort_backend, &error);
  if (!kernel->conv) {
    free(kernel);
    return node_error(op, "%s", error.text);
  }
  kernel->op = op;
  kernel->window = spec.window;
  kernel->channels = spec.input_channels;
  kernel->filters = spec.filters;
  kernel->outputs = spec.outputs;
  kernel->residual_factor = spec.epilogue.residual_factor;
  *out = kernel;
  return NULL;
}

static void ORT_CALL destroy(void* kernel) {
  if (!kernel) return;
  bn_conv_destroy(((conv_kernel*)kernel)->conv);
  free(kernel);
}

static OrtStatus* read_image(
    const conv_kernel* k, const OrtKernelContext* context, bn_conv_call* call) {
  tensor x;
  TRY(node_input(k->op, context, 0, "X", RANK, &x));
  int64_t last = k->op->kind & IS_BYTES ? k->channels : k->channels / 8;
  if (x.dims[3] != last) {
    return node_error(k->op, "the last dimension of X must be %lld, got %lld", (long long)last,
                      (long long)x.dims[3]);
  }
  bn_error error;
  if (!bn_window_output(&k->window, x.dims[1], x.dims[2], &call->out_h, &call->out_w, &error)) {
    return node_error(k->op, "%s", error.text);
  }
  call->input = x.data;
  call->batch = x.dims[0];
  call->in_h = x.dims[1];
  call->in_w = x.dims[2];
  return NULL;
}

/* R: the skip, or a stream's residual; without a factor it is not read. */
static OrtStatus* read_second(
    const conv_kernel* k, const OrtKernelContext* context, bn_conv_call* call) {
  bool adds = epilogue_of(k->op) == BN_ADD_TO_BITS
      || (epilogue_of(k->op) == BN_TO_STREAM && k->residual_factor != 0);
  if (!adds) return NULL;
  tensor r;
  TRY(node_input(k->op, context, 4, "R", RANK, &r));
  const int64_t expected[RANK] = {call->batch, call->out_h, call->out_w, k->filters};
  for (int i = 0; i < RANK; i++) {
    if (r.dims[i] != expected[i]) {
      return node_error(k->op, "dimension %d of R must be %lld, got %lld", i,
                        (long long)expected[i], (long long)r.dims[i]);
    }
  }
  call->second = r.data;
  return NULL;
}

typedef struct {
  const bn_conv* conv;
  bn_conv_call call;
  bn_grid grid;
} job;

static void run_unit(void* data, size_t unit) {
  const job* j = data;
  bn_conv_run(j->conv, &j->call, &j->grid, (int64_t)unit);
}

static OrtStatus* ORT_CALL compute(void* kernel, OrtKernelContext* context) {
  const conv_kernel* k = kernel;
  job j = {.conv = k->conv};
  bn_conv_call* c = &j.call;
  TRY(read_image(k, context, c));
  TRY(read_second(k, context, c));
  bool bits = k->op->outputs[0] == ORT_UINT8;
  int64_t last = bits ? k->filters / 8 : k->outputs;
  TRY(node_output(context, 0, c->batch, c->out_h, c->out_w, last, &c->output));
  if (k->op->kind & HAS_BITS) {
    void* second;
    TRY(node_output(context, 1, c->batch, c->out_h, c->out_w, k->filters / 8, &second));
    c->bits = second;
  }
  if (c->batch == 0) return NULL;
  j.grid = bn_conv_grid(k->conv, c);
  return node_parallel(context, run_unit, j.grid.units, &j);
}

#define FUNCTIONS .create = create, .compute = compute, .destroy = destroy

/* X, W and each epilogue's inputs. */
#define CONVS(NAME, BITS_NAME, KIND, X, W)                                                      \
  {.name = NAME BITS_NAME, .kind = (KIND) | BN_TO_BITS, .inputs = {X, W, ORT_INT32},            \
   .input_count = 3, .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},                     \
  {.name = NAME "Quantized", .kind = (KIND) | BN_TO_INT8, .inputs = {X, W, ORT_FLOAT, ORT_FLOAT}, \
   .input_count = 4, .outputs = {ORT_INT8}, .output_count = 1, FUNCTIONS},                      \
  {.name = NAME "AddBinarize", .kind = (KIND) | BN_ADD_TO_BITS,                                 \
   .inputs = {X, W, ORT_FLOAT, ORT_FLOAT, ORT_INT8, ORT_INT32, ORT_BOOL}, .input_count = 7,     \
   .outputs = {ORT_UINT8}, .output_count = 1, FUNCTIONS},                                       \
  {.name = NAME "Stream", .kind = (KIND) | BN_TO_STREAM,                                        \
   .inputs = {X, W, ORT_FLOAT, ORT_FLOAT, ORT_INT8, ORT_FLOAT}, .input_count = 6,               \
   .outputs = {ORT_INT8}, .output_count = 1, FUNCTIONS},                                        \
  {.name = NAME "StreamBinarize", .kind = (KIND) | BN_TO_STREAM | HAS_BITS,                     \
   .inputs = {X, W, ORT_FLOAT, ORT_FLOAT, ORT_INT8, ORT_FLOAT, ORT_INT32}, .input_count = 7,    \
   .outputs = {ORT_INT8, ORT_UINT8}, .output_count = 2, FUNCTIONS},                             \
  {.name = NAME "Float", .kind = (KIND) | BN_TO_FLOAT, .inputs = {X, W, ORT_FLOAT, ORT_FLOAT},  \
   .input_count = 4, .outputs = {ORT_FLOAT}, .output_count = 1, FUNCTIONS}

operator_def conv_operators[] = {
    CONVS("BinaryConv2d", "", 0, ORT_UINT8, ORT_UINT8),
    CONVS("ByteConv2d", "Binarize", IS_BYTES, ORT_UINT8, ORT_INT8),
    CONVS("ByteConv2d", "Binarize", IS_BYTES | IS_SIGNED, ORT_INT8, ORT_INT8),
    {.name = NULL}};
