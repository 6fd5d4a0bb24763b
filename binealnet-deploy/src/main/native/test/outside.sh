#!/bin/sh
# Runs exported models outside Java: the examples in C and Python on every ONNX Runtime whose jar
# lies in WORK, then on 64-bit ARM, then with sanitizers. Maven calls it in the profile "outside".
#   outside.sh WORK NATIVE JAR
# WORK/models holds models and their golden pixels, WORK/hostile broken models (the tests write
# both), NATIVE the libraries by platform, JAR is the JDK's tool.
set -eu
work=$1 native=$2 jar=$3
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
export ORT_DISABLE_TELEMETRY=1
cd "$work"

if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ] || ! [ -d models ]; then
  echo "outside Java: tried on 64-bit x86 Linux with a C compiler only"
  exit 0
fi
library=$native/linux-x86_64/libbinealnet_ort.so

# unpack ARCHIVE PLATFORM FOLDER: the shared library, under the name that programs look for too
unpack() {
  entry=ai/onnxruntime/native/$2/libonnxruntime.so
  mkdir -p "$3"
  (cd "$3" && "$jar" xf "$1" "$entry" && mv "$entry" . && rm -r ai)
  soname=$(readelf -d "$3/libonnxruntime.so" | sed -n 's/.*soname: \[\(.*\)\]/\1/p')
  [ -e "$3/$soname" ] || ln -s libonnxruntime.so "$3/$soname"
}

# same WHAT ACTUAL EXPECTED
same() {
  if [ "$2" != "$3" ]; then
    echo "$1: SHA-256 $2, expected $3" >&2
    exit 1
  fi
}

# in_c COMMAND... MODEL LIBRARY: the example's output against the hash that the model carries
in_c() {
  actual=$("$@" 2> message | sha256sum | cut -d ' ' -f 1)
  expected=$(sed -n 's/^expected SHA-256 //p' message)
  [ -n "$expected" ] || { cat message >&2; exit 1; }
  same "$*" "$actual" "$expected"
}

on_this_machine() {
  version=$1
  cc -std=c11 -O2 -Wall -Wextra -Werror -I "$here/stand_in" "$here/../example/run_model.c" \
    -o "$version/run_model" "$version/libonnxruntime.so" -Wl,-rpath,"$work/$version"
  for model in models/*.onnx; do
    in_c "$version/run_model" "$model" "$library"
    in_c "$version/run_model" "$model" -
    [ -z "$python" ] || same "Python, $model" "$(in_python "$model")" "$expected"
  done
  echo "ONNX Runtime $version: $(ls models/*.onnx | wc -l) models in C${python:+ and Python}, bits as in Java"
}

# The hash that the script in Python prints last, with a stand-in for its package.
in_python() {
  ORT_LIBRARY=$version/libonnxruntime.so PYTHONPATH=$here/stand_in "$python" -B \
    "$here/../example/run_model.py" "$1" "$library" "${1%.onnx}.pixels" | sed -n '$s/.* //p'
}

# A session must not grow: run_many says how much memory there is, and fails if it does.
run_long() {
  cc -std=gnu11 -O2 -I "$here/stand_in" "$here/run_many.c" -o "$newest/run_many" \
    "$newest/libonnxruntime.so" -Wl,-rpath,"$work/$newest"
  for model in models/stream-36x32-pooled-binary.onnx models/bineal-33x30-pooled.onnx; do
    "$newest/run_many" "$library" 100000 "$model" | grep resident
  done
}

python=$(command -v python3 || true)
if [ -n "$python" ] && ! "$python" -c 'import numpy' 2> /dev/null; then
  python=
fi
[ -n "$python" ] || echo "Python: not tried, there is none with numpy"

for archive in "$work"/onnxruntime-*.jar; do
  version=${archive##*/onnxruntime-}
  version=${version%.jar}
  unpack "$archive" linux-x64 "$version"
  on_this_machine "$version"
done
newest=$version archive=$work/onnxruntime-$version.jar
run_long

. "$here/outside_aarch64.sh"
. "$here/outside_sanitized.sh"
