#!/bin/sh
# Builds the custom-op library for this machine and, where the cross compiler is there, for 64-bit
# ARM, into CLASSES/META-INF/native/<os>-<arch>, each with its SHA-256.
#   build.sh build auto|required|off WORK CLASSES
#   build.sh test  auto|required|off WORK CLASSES     also runs the C tests, if required
# "auto" goes on without a compiler; every model still runs through its function bodies.
set -eu
action=$1 mode=$2 work=$3 classes=$4
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

refuse() {
  if [ "$mode" = required ]; then
    echo "native kernels: $1, and -Dnative=required asks for them" >&2
    exit 1
  fi
  echo "native kernels: $1; models will run through their function bodies"
  exit 0
}

case $mode in
  off) echo "native kernels: left out (-Dnative=off)"; exit 0 ;;
  auto|required) ;;
  *) echo "-Dnative must be auto, required or off, got '$mode'" >&2; exit 1 ;;
esac
command -v cmake > /dev/null || refuse "there is no cmake"
command -v "${CC:-cc}" > /dev/null || refuse "there is no C compiler"

case $(uname -m) in
  x86_64|amd64) arch=x86_64 ;;
  aarch64|arm64) arch=aarch64 ;;
  *) refuse "there are none for $(uname -m)" ;;
esac
case $(uname -s) in
  Linux) os=linux extension=so ;;
  Darwin) os=macos extension=dylib ;;
  *) refuse "there are none for $(uname -s)" ;;
esac

# build PLATFORM CMAKE-OPTION...
build() {
  platform=$1
  shift
  library=libbinealnet_ort.$extension
  folder=$work/$platform
  # CMake refuses a cache that was made in another place: the checkout was moved or copied.
  if [ -f "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_CACHEFILE_DIR:INTERNAL=$folder" "$folder/CMakeCache.txt"; then
    rm -rf "$folder"
  fi
  mkdir -p "$folder"
  if ! { cmake -S "$here" -B "$folder" "$@" && cmake --build "$folder" -j 2; } \
      > "$folder/build.log" 2>&1; then
    tail -n 30 "$folder/build.log" >&2
    echo "native kernels for $platform: the build failed, see $folder/build.log" >&2
    exit 1
  fi
  target=$classes/META-INF/native/$platform
  mkdir -p "$target"
  cp "$folder/$library" "$target/$library"
  hash "$target/$library" > "$target/$library.sha256"
  if [ "$action" = test ] && [ "$mode" = required ]; then
    (cd "$folder" && ctest --output-on-failure)
  fi
}

hash() {
  if command -v sha256sum > /dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi \
      | cut -d ' ' -f 1
}

build "$os-$arch" "-DCMAKE_C_COMPILER=${CC:-cc}"
if [ "$os-$arch" = linux-x86_64 ] && command -v aarch64-linux-gnu-gcc > /dev/null; then
  build linux-aarch64 "-DCMAKE_TOOLCHAIN_FILE=$here/aarch64-linux-gnu.cmake"
fi
