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
    if /usr/bin/python3 -c 'import numpy' 2> /dev/null; then
      same "Python, $model" "$(ORT_LIBRARY=$version/libonnxruntime.so PYTHONPATH=$here/stand_in \
        /usr/bin/python3 -B "$here/../example/run_model.py" "$model" "$library" \
        "${model%.onnx}.pixels" | sed 's/.* //')" "$expected"
    fi
  done
  echo "ONNX Runtime $version: C and Python give the bits of Java"
}

for archive in "$work"/onnxruntime-*.jar; do
  version=${archive##*/onnxruntime-}
  version=${version%.jar}
  unpack "$archive" linux-x64 "$version"
  on_this_machine "$version"
done
newest=$version archive=$work/onnxruntime-$version.jar

. "$here/outside_aarch64.sh"
. "$here/outside_sanitized.sh"
