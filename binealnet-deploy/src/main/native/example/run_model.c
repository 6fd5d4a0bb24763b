/*
 * Runs a model file outside Java, with the kernels of BiNealNet: docs/deploying.md.
 *
 *   run_model MODEL LIBRARY [PIXELS]
 *
 * LIBRARY is libbinealnet_ort.so, or - to run the model's own function bodies. PIXELS holds uint8
 * [N,H,W,C]. Without it the program makes the two images that every model was checked with when it
 * was exported and says which SHA-256 its output must have. Writes the outputs, one after another,
 * as raw float32 to standard output.
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <onnxruntime_c_api.h>

enum { API_VERSION = 17, MAX_RANK = 8, GOLDEN_IMAGES = 2 };

static const OrtApi* ort;

/* Ends the program if a call of ONNX Runtime failed. */
static void check(OrtStatus* status) {
  if (!status) return;
  fprintf(stderr, "%s\n", ort->GetErrorMessage(status));
  exit(1);
}

static void fail(const char* what, const char* name) {
  fprintf(stderr, "%s %s\n", what, name);
  exit(1);
}

static OrtSession* open_model(OrtEnv* env, const char* model, const char* library) {
  OrtSessionOptions* options;
  OrtSession* session;
  check(ort->CreateSessionOptions(&options));
  check(ort->SetIntraOpNumThreads(options, 1));
  if (strcmp(library, "-")) check(ort->RegisterCustomOpsLibrary_V2(options, library));
  check(ort->CreateSession(env, model, options, &session));
  ort->ReleaseSessionOptions(options);
  return session;
}

/* Extents of the model's input; the first, the number of images, is left to the caller. */
static size_t input_extents(const OrtSession* session, int64_t* extents) {
  OrtTypeInfo* info;
  const OrtTensorTypeAndShapeInfo* shape;
  size_t rank;
  check(ort->SessionGetInputTypeInfo(session, 0, &info));
  check(ort->CastTypeInfoToTensorInfo(info, &shape));
  check(ort->GetDimensionsCount(shape, &rank));
  if (rank < 1 || rank > MAX_RANK) fail("the model's input is no batch of", "images");
  check(ort->GetDimensions(shape, extents, rank));
  ort->ReleaseTypeInfo(info);
  return rank;
}

/* A model for images of any size names one as an example: rows x columns. */
static void fill_in_example(const OrtSession* session, OrtAllocator* allocator, int64_t* extents) {
  OrtModelMetadata* metadata;
  char* example = NULL;
  check(ort->SessionGetModelMetadata(session, &metadata));
  check(ort->ModelMetadataLookupCustomMetadataMap(metadata, allocator, "input.example", &example));
  if (!example || sscanf(example, "%" SCNd64 "x%" SCNd64, &extents[1], &extents[2]) != 2) {
    fail("the model does not say how large its images are:", "input.example is missing");
  }
  check(ort->AllocatorFree(allocator, example));
  ort->ReleaseModelMetadata(metadata);
}

/* The bytes of java.util.Random, as ai.binealnet.deploy.parity.Golden makes them. */
static uint8_t* golden_pixels(size_t count) {
  const uint64_t multiplier = 0x5DEECE66D, mask = (UINT64_C(1) << 48) - 1;
  uint64_t state = (20260101 ^ multiplier) & mask;
  uint8_t* pixels = malloc(count);
  for (size_t i = 0; pixels && i < count; i++) {
    if (i % 4 == 0) state = (state * multiplier + 11) & mask;
    pixels[i] = (uint8_t)(state >> (16 + i % 4 * 8));
  }
  return pixels;
}

static uint8_t* read_pixels(const char* name, size_t* count) {
  FILE* file = fopen(name, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail("cannot read", name);
  long length = ftell(file);
  rewind(file);
  uint8_t* pixels = malloc(length > 0 ? (size_t)length : 1);
  if (length < 1 || !pixels || fread(pixels, 1, (size_t)length, file) != (size_t)length) {
    fail("cannot read", name);
  }
  fclose(file);
  *count = (size_t)length;
  return pixels;
}

static void tell_golden(const OrtSession* session, OrtAllocator* allocator) {
  OrtModelMetadata* metadata;
  char* hash = NULL;
  check(ort->SessionGetModelMetadata(session, &metadata));
  check(ort->ModelMetadataLookupCustomMetadataMap(
      metadata, allocator, "golden.output_sha256", &hash));
  fprintf(stderr, "expected SHA-256 %s\n", hash ? hash : "(the model does not tell)");
  if (hash) check(ort->AllocatorFree(allocator, hash));
  ort->ReleaseModelMetadata(metadata);
}

static void write_output(OrtValue* value) {
  OrtTensorTypeAndShapeInfo* shape;
  size_t count;
  void* data;
  check(ort->GetTensorTypeAndShape(value, &shape));
  check(ort->GetTensorShapeElementCount(shape, &count));
  check(ort->GetTensorMutableData(value, &data));
  if (fwrite(data, sizeof(float), count, stdout) != count) fail("cannot write", "the output");
  ort->ReleaseTensorTypeAndShapeInfo(shape);
}

static void run(OrtSession* session, OrtAllocator* allocator, OrtValue* image) {
  char* input;
  size_t outputs;
  check(ort->SessionGetInputName(session, 0, allocator, &input));
  check(ort->SessionGetOutputCount(session, &outputs));
  const char* inputs[] = {input};
  const OrtValue* images[] = {image};
  for (size_t i = 0; i < outputs; i++) {
    char* name;
    OrtValue* value = NULL;
    check(ort->SessionGetOutputName(session, i, allocator, &name));
    const char* names[] = {name};
    check(ort->Run(session, NULL, inputs, images, 1, names, 1, &value));
    write_output(value);
    ort->ReleaseValue(value);
    check(ort->AllocatorFree(allocator, name));
  }
  check(ort->AllocatorFree(allocator, input));
}

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) fail("usage:", "run_model MODEL LIBRARY|- [PIXELS]");
  ort = OrtGetApiBase()->GetApi(API_VERSION);
  if (!ort) fail("ONNX Runtime 1.17 or newer is needed, this is", OrtGetApiBase()->GetVersionString());
  OrtEnv* env;
  OrtAllocator* allocator;
  OrtMemoryInfo* memory;
  OrtValue* image;
  int64_t extents[MAX_RANK];
  check(ort->CreateEnv(ORT_LOGGING_LEVEL_ERROR, "run_model", &env));
  check(ort->GetAllocatorWithDefaultOptions(&allocator));
  check(ort->CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memory));
  OrtSession* session = open_model(env, argv[1], argv[2]);
  size_t rank = input_extents(session, extents);
  if (rank == 4 && extents[1] < 0) fill_in_example(session, allocator, extents);
  size_t one = 1;
  for (size_t i = 1; i < rank; i++) one *= (size_t)extents[i];
  size_t count = GOLDEN_IMAGES * one;
  uint8_t* pixels = argc == 4 ? read_pixels(argv[3], &count) : golden_pixels(count);
  if (!pixels || !one || count % one) fail("the pixels do not fill images of", argv[1]);
  if (argc == 3) tell_golden(session, allocator);
  extents[0] = (int64_t)(count / one);
  check(ort->CreateTensorWithDataAsOrtValue(
      memory, pixels, count, extents, rank, ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, &image));
  run(session, allocator, image);
  ort->ReleaseValue(image);
  ort->ReleaseSession(session);
  ort->ReleaseMemoryInfo(memory);
  ort->ReleaseEnv(env);
  free(pixels);
  return 0;
}
