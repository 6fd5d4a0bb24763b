#!/bin/sh
# Rebuilds the pictures in this folder from the full sets (see README.md for where those come from).
# usage: make-samples.sh CIFAR BCCD NEU_DET CAMVID SET5 OXFORD T91 [OUT]
#   CIFAR    cifar-10-batches-bin whose files interleave the classes (any prefix is class-balanced)
#   BCCD     PASCAL VOC layout      NEU_DET  PASCAL VOC layout
#   CAMVID   {train,val,test}{,annot}/, classes.txt
#   SET5     HR/*.png               OXFORD   <sequence>/img1.png, H1to2p
#   T91      *.png
#   OUT      where to write, by default the folder of this script
set -eu
[ $# -ge 7 ] || { sed -n '3,9s/^# \{0,1\}//p' "$0" >&2; exit 2; }
cifar=$1 bccd=$2 neu=$3 camvid=$4 set5=$5 oxford=$6 t91=$7
out=${8:-$(dirname "$0")}
record=3073 # label byte + 1024 red + 1024 green + 1024 blue

put() { # put FROM_ROOT TO_ROOT RELATIVE_PATH...
  from=$1 to=$2
  shift 2
  for path; do
    mkdir -p "$to/$(dirname "$path")"
    cp "$from/$path" "$to/$path"
    chmod 644 "$to/$path"
  done
}

voc() { # voc FROM TO SPLIT ID [SPLIT ID]...
  set_from=$1 set_to=$2
  shift 2
  mkdir -p "$set_to/ImageSets/Main"
  rm -f "$set_to/ImageSets/Main/"*.txt
  while [ $# -gt 0 ]; do
    grep -qx "$2" "$set_from/ImageSets/Main/$1.txt" || { echo "$2 is not in $1.txt of $set_from" >&2; exit 1; }
    echo "$2" >> "$set_to/ImageSets/Main/$1.txt"
    put "$set_from" "$set_to" "JPEGImages/$2.jpg" "Annotations/$2.xml"
    shift 2
  done
}

mkdir -p "$out/cifar10"
head -c $((3000 * record)) "$cifar/data_batch_1.bin" > "$out/cifar10/data_batch_1.bin"
head -c $((500 * record)) "$cifar/test_batch.bin" > "$out/cifar10/test_batch.bin"
put "$cifar" "$out/cifar10" batches.meta.txt

voc "$bccd" "$out/detection/bccd" train BloodImage_00001 train BloodImage_00003 train BloodImage_00004 \
  train BloodImage_00005 train BloodImage_00006 train BloodImage_00008 val BloodImage_00000 \
  test BloodImage_00007 test BloodImage_00011
put "$bccd" "$out/detection/bccd" LICENSE
printf '%s\n' Platelets RBC WBC > "$out/detection/bccd/classes.txt"
voc "$neu" "$out/detection/neu-det" train scratches_1 test patches_241
printf '%s\n' crazing inclusion patches pitted_surface rolled-in_scale scratches \
  > "$out/detection/neu-det/classes.txt"

mkdir -p "$out/segmentation/camvid"
for split in train val test; do : > "$out/segmentation/camvid/$split.txt"; done
for pair in train:0001TP_006690 train:0006R0_f03030 train:0016E5_00390 val:0016E5_07959 test:0001TP_008550; do
  split=${pair%%:*} id=${pair#*:}
  put "$camvid" "$out/segmentation/camvid" "$split/$id.jpg" "${split}annot/$id.png"
  echo "$id" >> "$out/segmentation/camvid/$split.txt"
done
put "$camvid" "$out/segmentation/camvid" classes.txt

put "$set5" "$out/super-resolution/set5" HR/bird.png HR/butterfly.png HR/woman.png
put "$oxford" "$out/matching/oxford-affine" graf/img1.png graf/img2.png graf/H1to2p
put "$t91" "$out/super-resolution/t91-train" t5.png t9.png t12.png t14.png t18.png t22.png t26.png t34.png
