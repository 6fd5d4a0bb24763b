/*
 * What the example and the tests call of ONNX Runtime's C interface, under its own names, so that
 * they build where its header is not at hand: no Maven artifact carries it. The numbers of the slots
 * were compared with the header's order of ONNX Runtime 1.28. A program for a device uses the
 * header that comes with ONNX Runtime.
 */
#ifndef ONNXRUNTIME_C_API_H
#define ONNXRUNTIME_C_API_H

#include <stddef.h>
#include <stdint.h>

typedef struct OrtStatus OrtStatus;
typedef struct OrtEnv OrtEnv;
typedef struct OrtSession OrtSession;
typedef struct OrtSessionOptions OrtSessionOptions;
typedef struct OrtRunOptions OrtRunOptions;
typedef struct OrtAllocator OrtAllocator;
typedef struct OrtMemoryInfo OrtMemoryInfo;
typedef struct OrtModelMetadata OrtModelMetadata;
typedef struct OrtTypeInfo OrtTypeInfo;
typedef struct OrtTensorTypeAndShapeInfo OrtTensorTypeAndShapeInfo;
typedef struct OrtValue OrtValue;

typedef enum { ORT_LOGGING_LEVEL_ERROR = 3, ORT_LOGGING_LEVEL_FATAL = 4 } OrtLoggingLevel;
typedef enum { ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 = 2 } ONNXTensorElementDataType;
typedef enum { OrtArenaAllocator = 1 } OrtAllocatorType;
typedef enum { OrtMemTypeDefault = 0 } OrtMemType;

typedef struct {
  void* unused0[2];
  const char* (*GetErrorMessage)(const OrtStatus*); /* 2 */
  OrtStatus* (*CreateEnv)(OrtLoggingLevel, const char* name, OrtEnv** out);
  void* unused4[3];
  OrtStatus* (*CreateSession)(
      const OrtEnv*, const char* file, const OrtSessionOptions*, OrtSession** out); /* 7 */
  void* unused8[1];
  OrtStatus* (*Run)(
      OrtSession*, const OrtRunOptions*, const char* const* input_names,
      const OrtValue* const* inputs, size_t input_count, const char* const* output_names,
      size_t output_count, OrtValue** outputs); /* 9 */
  OrtStatus* (*CreateSessionOptions)(OrtSessionOptions** out);
  void* unused11[13];
  OrtStatus* (*SetIntraOpNumThreads)(OrtSessionOptions*, int threads); /* 24 */
  void* unused25[5];
  OrtStatus* (*SessionGetInputCount)(const OrtSession*, size_t* out); /* 30 */
  OrtStatus* (*SessionGetOutputCount)(const OrtSession*, size_t* out); /* 31 */
  void* unused32[1];
  OrtStatus* (*SessionGetInputTypeInfo)(const OrtSession*, size_t index, OrtTypeInfo** out);
  void* unused34[2];
  OrtStatus* (*SessionGetInputName)(
      const OrtSession*, size_t index, OrtAllocator*, char** out); /* 36 */
  OrtStatus* (*SessionGetOutputName)(const OrtSession*, size_t index, OrtAllocator*, char** out);
  void* unused38[11];
  OrtStatus* (*CreateTensorWithDataAsOrtValue)(
      const OrtMemoryInfo*, void* data, size_t bytes, const int64_t* extents, size_t rank,
      ONNXTensorElementDataType, OrtValue** out); /* 49 */
  void* unused50[1];
  OrtStatus* (*GetTensorMutableData)(OrtValue*, void** out); /* 51 */
  void* unused52[3];
  OrtStatus* (*CastTypeInfoToTensorInfo)(
      const OrtTypeInfo*, const OrtTensorTypeAndShapeInfo** out); /* 55 */
  void* unused56[5];
  OrtStatus* (*GetDimensionsCount)(const OrtTensorTypeAndShapeInfo*, size_t* out); /* 61 */
  OrtStatus* (*GetDimensions)(const OrtTensorTypeAndShapeInfo*, int64_t* extents, size_t rank);
  void* unused63[1];
  OrtStatus* (*GetTensorShapeElementCount)(const OrtTensorTypeAndShapeInfo*, size_t* out); /* 64 */
  OrtStatus* (*GetTensorTypeAndShape)(const OrtValue*, OrtTensorTypeAndShapeInfo** out);
  void* unused66[3];
  OrtStatus* (*CreateCpuMemoryInfo)(OrtAllocatorType, OrtMemType, OrtMemoryInfo** out); /* 69 */
  void* unused70[6];
  OrtStatus* (*AllocatorFree)(OrtAllocator*, void* memory); /* 76 */
  void* unused77[1];
  OrtStatus* (*GetAllocatorWithDefaultOptions)(OrtAllocator** out); /* 78 */
  void* unused79[13];
  void (*ReleaseEnv)(OrtEnv*); /* 92 */
  void (*ReleaseStatus)(OrtStatus*);
  void (*ReleaseMemoryInfo)(OrtMemoryInfo*);
  void (*ReleaseSession)(OrtSession*);
  void (*ReleaseValue)(OrtValue*);
  void* unused97[1];
  void (*ReleaseTypeInfo)(OrtTypeInfo*); /* 98 */
  void (*ReleaseTensorTypeAndShapeInfo)(OrtTensorTypeAndShapeInfo*);
  void (*ReleaseSessionOptions)(OrtSessionOptions*);
  void* unused101[10];
  OrtStatus* (*SessionGetModelMetadata)(const OrtSession*, OrtModelMetadata** out); /* 111 */
  void* unused112[4];
  OrtStatus* (*ModelMetadataLookupCustomMetadataMap)(
      const OrtModelMetadata*, OrtAllocator*, const char* key, char** out); /* 116 */
  void* unused117[1];
  void (*ReleaseModelMetadata)(OrtModelMetadata*); /* 118 */
  void* unused119[109];
  OrtStatus* (*RegisterCustomOpsLibrary_V2)(OrtSessionOptions*, const char* file); /* 228 */
} OrtApi;

#define SLOT(NAME, NUMBER) \
  _Static_assert(offsetof(OrtApi, NAME) == (NUMBER) * sizeof(void*), "slot of " #NAME)
SLOT(Run, 9);
SLOT(SetIntraOpNumThreads, 24);
SLOT(SessionGetInputTypeInfo, 33);
SLOT(SessionGetOutputName, 37);
SLOT(CreateTensorWithDataAsOrtValue, 49);
SLOT(GetTensorTypeAndShape, 65);
SLOT(CreateCpuMemoryInfo, 69);
SLOT(GetAllocatorWithDefaultOptions, 78);
SLOT(ReleaseSessionOptions, 100);
SLOT(ReleaseModelMetadata, 118);
SLOT(RegisterCustomOpsLibrary_V2, 228);

typedef struct {
  const OrtApi* (*GetApi)(uint32_t version);
  const char* (*GetVersionString)(void);
} OrtApiBase;

const OrtApiBase* OrtGetApiBase(void);

#endif
