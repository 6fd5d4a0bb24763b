/* The entry point: registers domain ai.binealnet. */
#include <stdatomic.h>
#include <string.h>

#include "node.h"

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

const OrtApi* ort;
const bn_backend* ort_backend;

static const operator_def* def(const OrtCustomOp* op) { return (const operator_def*)op; }

static const char* ORT_CALL name(const OrtCustomOp* op) { return def(op)->name; }

/* NULL is the CPU. */
static const char* ORT_CALL provider(const OrtCustomOp* op) {
  (void)op;
  return NULL;
}

static size_t ORT_CALL input_count(const OrtCustomOp* op) { return def(op)->input_count; }
static size_t ORT_CALL output_count(const OrtCustomOp* op) { return def(op)->output_count; }
static int ORT_CALL input_type(const OrtCustomOp* op, size_t i) { return def(op)->inputs[i]; }
static int ORT_CALL output_type(const OrtCustomOp* op, size_t i) { return def(op)->outputs[i]; }

static int ORT_CALL required(const OrtCustomOp* op, size_t i) {
  (void)op;
  (void)i;
  return ORT_REQUIRED;
}

static int ORT_CALL memory(const OrtCustomOp* op, size_t i) {
  (void)op;
  (void)i;
  return ORT_MEMORY_DEFAULT;
}

static int ORT_CALL first_version(const OrtCustomOp* op) {
  (void)op;
  return 1;
}

static int ORT_CALL last_version(const OrtCustomOp* op) {
  (void)op;
  return 1;
}

static OrtStatus* ORT_CALL create(
    const OrtCustomOp* op, const OrtApi* api, const OrtKernelInfo* info, void** kernel) {
  (void)api;
  *kernel = NULL;
  return def(op)->create(def(op), info, kernel);
}

static void fill(operator_def* op) {
  OrtCustomOp* base = &op->base;
  base->version = ORT_ABI_VERSION;
  base->GetName = name;
  base->GetExecutionProviderType = provider;
  base->GetInputTypeCount = input_count;
  base->GetOutputTypeCount = output_count;
  base->GetInputType = input_type;
  base->GetOutputType = output_type;
  base->GetInputCharacteristic = required;
  base->GetOutputCharacteristic = required;
  base->GetInputMemoryType = memory;
  base->CreateKernelV2 = create;
  base->KernelComputeV2 = op->compute;
  base->KernelDestroy = op->destroy;
  base->GetStartVersion = first_version;
  base->GetEndVersion = last_version;
}

static OrtStatus* add_all(OrtCustomOpDomain* domain, operator_def* operators) {
  for (operator_def* op = operators; op->name; op++) {
    fill(op);
    TRY(ort->CustomOpDomain_Add(domain, &op->base));
  }
  return NULL;
}

static OrtStatus* make_domain(OrtCustomOpDomain** domain) {
  TRY(ort->CreateCustomOpDomain("ai.binealnet", domain));
  TRY(add_all(*domain, conv_operators));
  TRY(add_all(*domain, pixel_operators));
  TRY(add_all(*domain, pool_operators));
  TRY(add_all(*domain, head_operators));
  return add_all(*domain, info_operators);
}

/* Made once and kept for the life of the process: sessions go on using it. */
static OrtStatus* shared_domain(const OrtApi* api, OrtCustomOpDomain** out) {
  static atomic_flag busy = ATOMIC_FLAG_INIT;
  static OrtCustomOpDomain* domain;
  OrtStatus* status = NULL;
  while (atomic_flag_test_and_set(&busy)) {
  }
  if (!domain) {
    bn_error error;
    ort = api;
    ort_backend = bn_backend_default(&error);
    OrtCustomOpDomain* made = NULL;
    status = ort_backend ? make_domain(&made) : api->CreateStatus(ORT_INVALID_ARGUMENT, error.text);
    if (!status) domain = made;
  }
  *out = domain;
  atomic_flag_clear(&busy);
  return status;
}

/* Called by ONNX Runtime when the library is registered with session options. */
EXPORT OrtStatus* ORT_CALL RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base);

OrtStatus* ORT_CALL RegisterCustomOps(OrtSessionOptions* options, const OrtApiBase* base) {
  const OrtApi* api = base->GetApi(ORT_ABI_VERSION);
  if (!api) {
    api = base->GetApi(1);
    if (!api) return NULL;
    return api->CreateStatus(ORT_FAIL, "binealnet needs ONNX Runtime 1.17 or newer");
  }
  OrtCustomOpDomain* domain;
  TRY(shared_domain(api, &domain));
  return api->AddCustomOpDomain(options, domain);
}
