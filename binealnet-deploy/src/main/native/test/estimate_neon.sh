#!/bin/sh
# Estimates the NEON sums of signs without a device: the cycles that llvm-mca counts for the inner
# loop that gcc makes. Needs aarch64-linux-gnu-gcc and llvm-mca; see docs/benchmarks.md.
set -eu
cd "$(dirname -- "$0")/.."
products=2048 # of a round of the loop: 4 pixels x 16 filters x 32 signs

# loop ISA MARCH: the loop of bn_b1_gemm_i32_4x64 that counts
loop() {
  aarch64-linux-gnu-gcc -std=c11 -O3 -fPIC -ffp-contract=off -march="$2" -Iinclude -S -o - \
    "kernel/$1_gemm.c" | awk -v name="bn_b1_gemm_i32_4x64__$1:" '
      $1 == name { inside = 1 }
      !inside { next }
      /^\.L/ { label = $1; sub(":", "", label); body = ""; next }
      { body = body $0 "\n" }
      $1 ~ /^b/ && $2 == label && body ~ /cnt/ { printf "%s", body; exit }'
}

for kernel in neon:armv8-a neondot:armv8.2-a+dotprod; do
  isa=${kernel%:*}
  for cpu in cortex-a76 cortex-a55; do
    loop "$isa" "${kernel#*:}" \
      | llvm-mca -mtriple=aarch64 -mcpu=$cpu -mattr=+dotprod -iterations=1000 \
      | awk -v isa="$isa" -v cpu=$cpu -v products=$products '
          /^Total Cycles:/ {
            cycles = $3 / 1000
            printf "%s %s: %.1f cycles, %.0f MAC/cycle\n", isa, cpu, cycles, products / cycles
          }'
  done
done
