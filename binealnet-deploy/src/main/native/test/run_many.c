/*
 * Loads and runs model files in one process with the library of custom operators, for sanitizers
 * and for the look at memory: a file may be refused, but nothing else may happen.
 *
 *   run_many LIBRARY RUNS MODEL...
 *
 * Each model runs RUNS times on two images of a fixed pattern, or on nothing if it has no input.
 * From 10,000 runs on the resident memory after a tenth of them and after all of them is told, and
 * must be the same but for what an allocator may keep.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <onnxruntime_c_api.h>

enum { API_VERSION = 17, RANK = 4, IMAGES = 2, LONG = 10000, KEPT_KILOBYTES = 512 };

static const OrtApi* ort;
static OrtEnv* env;
static OrtAllocator* allocator;
static OrtMemoryInfo* memory;

/* Prints and releases an error; true if there was one. */
static int failed(OrtStatus* status, const char* model) {
  if (!status) return 0;
  printf("%s refused: %s\n", model, ort->GetErrorMessage(status));
  ort->ReleaseStatus(status);
  return 1;
}

static void need(OrtStatus* status) {
  if (failed(status, "this program")) exit(1);
}

static long resident_kilobytes(void) {
  long total = 0, resident = 0;
  FILE* file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%ld %ld", &total, &resident) != 2) exit(1);
  fclose(file);
  return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* A batch of the size that the model takes. */
static OrtValue* make_image(const OrtSession* session, void** pixels) {
  OrtTypeInfo* info;
  const OrtTensorTypeAndShapeInfo* shape;
  size_t rank, count = 1;
  int64_t extents[RANK];
  OrtValue* image;
  need(ort->SessionGetInputTypeInfo(session, 0, &info));
  need(ort->CastTypeInfoToTensorInfo(info, &shape));
  need(ort->GetDimensionsCount(shape, &rank));
  if (rank != RANK) exit(1);
  need(ort->GetDimensions(shape, extents, RANK));
  ort->ReleaseTypeInfo(info);
  extents[0] = IMAGES;
  for (int i = 0; i < RANK; i++) count *= (size_t)extents[i];
  uint8_t* bytes = malloc(count);
  if (!bytes) exit(1);
  for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)(i * 167 >> 3);
  need(ort->CreateTensorWithDataAsOrtValue(
      memory, bytes, count, extents, RANK, ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8, &image));
  *pixels = bytes;
  return image;
}

/* Ends the program if memory has grown since a tenth of the runs. */
static void watch_memory(const char* model, long run, long runs) {
  static long early;
  if (runs < LONG || (run != runs / 10 && run != runs)) return;
  long now = resident_kilobytes();
  printf("%s: %ld KB resident after %ld runs\n", model, now, run);
  if (run < runs) {
    early = now;
  } else if (now > early + KEPT_KILOBYTES) {
    fprintf(stderr, "%s: memory grows\n", model);
    exit(1);
  }
}

static int run_often(OrtSession* session, const char* model, long runs, const OrtValue* image) {
  char *input = NULL, *output;
  if (image) need(ort->SessionGetInputName(session, 0, allocator, &input));
  need(ort->SessionGetOutputName(session, 0, allocator, &output));
  const char* inputs[] = {input};
  const char* outputs[] = {output};
  int refused = 0;
  for (long i = 0; i < runs && !refused; i++) {
    OrtValue* result = NULL;
    refused = failed(ort->Run(session, NULL, inputs, &image, image != NULL, outputs, 1, &result), model);
    if (result) ort->ReleaseValue(result);
    watch_memory(model, i + 1, runs);
  }
  if (input) need(ort->AllocatorFree(allocator, input));
  need(ort->AllocatorFree(allocator, output));
  return refused;
}

/* True if the model was refused. */
static int run_model(const char* library, const char* model, long runs) {
  OrtSessionOptions* options;
  OrtSession* session = NULL;
  need(ort->CreateSessionOptions(&options));
  need(ort->SetIntraOpNumThreads(options, 2));
  need(ort->RegisterCustomOpsLibrary_V2(options, library));
  int refused = failed(ort->CreateSession(env, model, options, &session), model);
  ort->ReleaseSessionOptions(options);
  if (refused) return 1;
  size_t inputs;
  OrtValue* image = NULL;
  void* pixels = NULL;
  need(ort->SessionGetInputCount(session, &inputs));
  if (inputs) image = make_image(session, &pixels);
  refused = run_often(session, model, runs, image);
  if (image) ort->ReleaseValue(image);
  free(pixels);
  ort->ReleaseSession(session);
  return refused;
}

int main(int argc, char** argv) {
  if (argc < 4 || !(ort = OrtGetApiBase()->GetApi(API_VERSION))) return 2;
  need(ort->CreateEnv(ORT_LOGGING_LEVEL_FATAL, "run_many", &env));
  need(ort->GetAllocatorWithDefaultOptions(&allocator));
  need(ort->CreateCpuMemoryInfo(OrtArenaAllocator, OrtMemTypeDefault, &memory));
  int refused = 0;
  for (int i = 3; i < argc; i++) refused += run_model(argv[1], argv[i], atol(argv[2]));
  printf("%d models ran, %d were refused\n", argc - 3 - refused, refused);
  ort->ReleaseMemoryInfo(memory);
  ort->ReleaseEnv(env);
  return 0;
}
