/*
 * What this library needs of ONNX Runtime's C interface. Its table of functions only ever grows at
 * the end, so the numbers of these slots hold for every release from 1.17 on.
 */
#ifndef BINEALNET_ORT_ABI_H
#define BINEALNET_ORT_ABI_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && !defined(_WIN64)
#define ORT_CALL __stdcall
#else
#define ORT_CALL
#endif

enum { ORT_ABI_VERSION = 17 };

typedef struct OrtStatus OrtStatus;
typedef struct OrtValue OrtValue;
typedef struct OrtKernelInfo OrtKernelInfo;
typedef struct OrtKernelContext OrtKernelContext;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtCustomOpDomain OrtCustomOpDomain;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtCustomOp OrtCustomOp;

typedef enum {
  ORT_ANY = 0, /* as the type that an operator declares */
  ORT_FLOAT = 1,
  ORT_UINT8 = 2,
  ORT_INT8 = 3,
  ORT_INT32 = 6,
  ORT_BOOL = 9
} OrtElementType;

enum { ORT_FAIL = 1, ORT_INVALID_ARGUMENT = 2, ORT_REQUIRED = 0, ORT_MEMORY_DEFAULT = 0 };

typedef struct {
  OrtStatus*(ORT_CALL* CreateStatus)(int code, const char* message); /* 0 */
  void* unused1[25];
  OrtStatus*(ORT_CALL* CreateCustomOpDomain)(const char* name, OrtCustomOpDomain** out); /* 26 */
  OrtStatus*(ORT_CALL* CustomOpDomain_Add)(OrtCustomOpDomain*, const OrtCustomOp*);      /* 27 */
  OrtStatus*(ORT_CALL* AddCustomOpDomain)(OrtSessionOptions*, OrtCustomOpDomain*);       /* 28 */
  void* unused29[22];
  OrtStatus*(ORT_CALL* GetTensorMutableData)(OrtValue*, void** out); /* 51 */
  void* unused52[8];
  OrtStatus*(ORT_CALL* GetTensorElementType)(const OrtTensorTypeAndShapeInfo*, int* out); /* 60 */
  OrtStatus*(ORT_CALL* GetDimensionsCount)(const OrtTensorTypeAndShapeInfo*, size_t* out); /* 61 */
  OrtStatus*(ORT_CALL* GetDimensions)(
      const OrtTensorTypeAndShapeInfo*, int64_t* dims, size_t count); /* 62 */
  void* unused63[2];
  OrtStatus*(ORT_CALL* GetTensorTypeAndShape)(
      const OrtValue*, OrtTensorTypeAndShapeInfo** out); /* 65 */
  void* unused66[19];
  OrtStatus*(ORT_CALL* KernelInfoGetAttribute_float)(
      const OrtKernelInfo*, const char* name, float* out); /* 85 */
  OrtStatus*(ORT_CALL* KernelInfoGetAttribute_int64)(
      const OrtKernelInfo*, const char* name, int64_t* out); /* 86 */
  void* unused87[3];
  OrtStatus*(ORT_CALL* KernelContext_GetInput)(
      const OrtKernelContext*, size_t index, const OrtValue** out); /* 90 */
  OrtStatus*(ORT_CALL* KernelContext_GetOutput)(
      OrtKernelContext*, size_t index, const int64_t* dims, size_t count, OrtValue** out); /* 91 */
  void* unused92[1];
  void(ORT_CALL* ReleaseStatus)(OrtStatus*); /* 93 */
  void* unused94[5];
  void(ORT_CALL* ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo*); /* 99 */
  void* unused100[63];
  OrtStatus*(ORT_CALL* KernelInfoGetAttributeArray_int64)(
      const OrtKernelInfo*, const char* name, int64_t* out, size_t* count); /* 163 */
  void* unused164[85];
  OrtStatus*(ORT_CALL* KernelInfoGetConstantInput_tensor)(
      const OrtKernelInfo*, size_t index, int* is_constant, const OrtValue** out); /* 249 */
  void* unused250[24];
  OrtStatus*(ORT_CALL* KernelContext_ParallelFor)(
      const OrtKernelContext*, void (*task)(void* data, size_t index), size_t total,
      size_t batches, void* data); /* 274 */
} OrtApi;

_Static_assert(offsetof(OrtApi, AddCustomOpDomain) == 28 * sizeof(void*), "slot 28");
_Static_assert(offsetof(OrtApi, GetTensorMutableData) == 51 * sizeof(void*), "slot 51");
_Static_assert(offsetof(OrtApi, GetTensorTypeAndShape) == 65 * sizeof(void*), "slot 65");
_Static_assert(offsetof(OrtApi, KernelInfoGetAttribute_int64) == 86 * sizeof(void*), "slot 86");
_Static_assert(offsetof(OrtApi, KernelContext_GetOutput) == 91 * sizeof(void*), "slot 91");
_Static_assert(
    offsetof(OrtApi, ReleaseTensorTypeAndShapeInfo) == 99 * sizeof(void*), "slot 99");
_Static_assert(
    offsetof(OrtApi, KernelInfoGetAttributeArray_int64) == 163 * sizeof(void*), "slot 163");
_Static_assert(
    offsetof(OrtApi, KernelInfoGetConstantInput_tensor) == 249 * sizeof(void*), "slot 249");
_Static_assert(offsetof(OrtApi, KernelContext_ParallelFor) == 274 * sizeof(void*), "slot 274");

typedef struct {
  const OrtApi*(ORT_CALL* GetApi)(uint32_t version);
  const char*(ORT_CALL* GetVersionString)(void);
} OrtApiBase;

/* As of version 17; a release reads no field that came after the version stated. */
struct OrtCustomOp {
  uint32_t version;
  void* CreateKernel;
  const char*(ORT_CALL* GetName)(const OrtCustomOp*);
  const char*(ORT_CALL* GetExecutionProviderType)(const OrtCustomOp*);
  int(ORT_CALL* GetInputType)(const OrtCustomOp*, size_t index);
  size_t(ORT_CALL* GetInputTypeCount)(const OrtCustomOp*);
  int(ORT_CALL* GetOutputType)(const OrtCustomOp*, size_t index);
  size_t(ORT_CALL* GetOutputTypeCount)(const OrtCustomOp*);
  void* KernelCompute;
  void(ORT_CALL* KernelDestroy)(void* kernel);
  int(ORT_CALL* GetInputCharacteristic)(const OrtCustomOp*, size_t index);
  int(ORT_CALL* GetOutputCharacteristic)(const OrtCustomOp*, size_t index);
  int(ORT_CALL* GetInputMemoryType)(const OrtCustomOp*, size_t index);
  void* variadic[4];
  OrtStatus*(ORT_CALL* CreateKernelV2)(
      const OrtCustomOp*, const OrtApi*, const OrtKernelInfo*, void** kernel);
  OrtStatus*(ORT_CALL* KernelComputeV2)(void* kernel, OrtKernelContext*);
  void* InferOutputShape;
  int(ORT_CALL* GetStartVersion)(const OrtCustomOp*);
  int(ORT_CALL* GetEndVersion)(const OrtCustomOp*);
  void* later[8];
};

#endif
