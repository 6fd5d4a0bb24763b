# Part of outside.sh: the example in C, cross-built, with ONNX Runtime's library for 64-bit ARM and
# ours under qemu's user mode. Both NEON kernel sets and the functions must give the bits of x86.
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64 || true)
root=$work/aarch64

# ONNX Runtime asks Linux about the CPU, and qemu shows it the files of this machine.
describe_cpu() {
  mkdir -p "$root/proc" "$root/sys/devices/system/cpu"
  cpu=$root/sys/devices/system/cpu
  echo 0 | tee "$cpu/possible" "$cpu/present" > "$cpu/online"
  printf 'processor\t: 0\nFeatures\t: fp asimd crc32 atomics fphp asimdhp asimdrdm asimddp\n%s\n' \
    'CPU implementer : 0x41
CPU architecture: 8
CPU variant     : 0x3
CPU part        : 0xd0b
CPU revision    : 1' > "$root/proc/cpuinfo"
}

on_arm() {
  unpack "$archive" linux-aarch64 "$root/onnxruntime"
  describe_cpu
  [ -e "$root/lib" ] || ln -s /usr/aarch64-linux-gnu/lib "$root/lib"
  aarch64-linux-gnu-gcc -std=c11 -O2 -I "$here/stand_in" "$here/../example/run_model.c" \
    -o "$root/run_model" "$root/onnxruntime/libonnxruntime.so" \
    -Wl,--allow-shlib-undefined
  for model in models/*.onnx; do
    for isa in neondot neon; do
      on_qemu "$isa" "$model" "$native/linux-aarch64/libbinealnet_ort.so"
    done
    on_qemu "" "$model" -
  done
  echo "ONNX Runtime $newest on 64-bit ARM (qemu): neondot, neon and functions give the bits of x86"
}

# on_qemu ISA MODEL LIBRARY
on_qemu() {
  in_c "$qemu" -cpu max -L "$root" -E "LD_LIBRARY_PATH=$root/onnxruntime" \
    -E "BINEALNET_ISA=$1" "$root/run_model" "$2" "$3"
}

if [ -n "$qemu" ] && [ -e "$native/linux-aarch64/libbinealnet_ort.so" ]; then
  on_arm
else
  echo "64-bit ARM: not tried, there is no cross compiler or no qemu"
fi
