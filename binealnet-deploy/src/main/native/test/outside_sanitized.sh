# Part of outside.sh: kernels, their tests and the custom operators built with sanitizers; then
# every good and broken model with them inside ONNX Runtime. A finding ends the program.
checked=$work/sanitized threads=$work/threads

# The good models, then the broken ones; those may be refused, and nothing else.
run_models() {
  cc -std=gnu11 -g -fsanitize=address,undefined -I "$here/stand_in" "$here/run_many.c" \
    -o "$checked/run_many" "$newest/libonnxruntime.so" -Wl,-rpath,"$work/$newest"
  "$checked/run_many" "$checked/libbinealnet_ort.so" 3 models/*.onnx > "$checked/good.log"
  tail -n 1 "$checked/good.log" | grep ' 0 were refused'
  # They ask for absurd amounts of memory, which is to fail as it does without sanitizers.
  find hostile -name '*.onnx' -print0 | ASAN_OPTIONS=allocator_may_return_null=1 \
    xargs -0 "$checked/run_many" "$checked/libbinealnet_ort.so" 1 > "$checked/hostile.log"
  count_hostile < "$checked/hostile.log"
}

# ONNX Runtime refuses many files by itself: enough of them must have come as far as our code.
count_hostile() {
  awk '
    / were refused$/ { ran += $1; refused += $4 }
    /(initialization|Message): (Bi|By|Stream|Unbin)[A-Za-z0-9]*: / { ours++ }
    END {
      printf "%d broken models: %d ran, %d were refused, %d of these by the operators\n",
        ran + refused, ran, refused, ours
      exit ran + ours < 200
    }'
}

# cmake_build FOLDER OPTION...
cmake_build() {
  folder=$1
  shift
  mkdir -p "$folder"
  if ! { cmake -S "$here/.." -B "$folder" "$@" && cmake --build "$folder" -j 2; } \
      > "$folder/build.log" 2>&1; then
    tail -n 30 "$folder/build.log" >&2
    exit 1
  fi
}

cmake_build "$checked" -DBINEALNET_SANITIZE=ON
(cd "$checked" && ctest --output-on-failure)
run_models
cmake_build "$threads" -DBINEALNET_SANITIZE=thread
(cd "$threads" && ctest --output-on-failure -R threads)
