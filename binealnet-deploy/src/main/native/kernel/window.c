/* Checks and output extents of windows. */
#include "internal.h"

enum { LIMIT = 1 << 20 };

static bool in_range(const char* what, int32_t value, int32_t min, bn_error* error) {
  if (value >= min && value < LIMIT) return true;
  return bn_fail(error, "%s must be from %d to %d, got %d", what, min, LIMIT - 1, value);
}

bool bn_window_check(const bn_window* w, bn_error* error) {
  return in_range("kernel height", w->kernel_h, 1, error)
      && in_range("kernel width", w->kernel_w, 1, error)
      && in_range("vertical stride", w->stride_h, 1, error)
      && in_range("horizontal stride", w->stride_w, 1, error)
      && in_range("vertical dilation", w->dilation_h, 1, error)
      && in_range("horizontal dilation", w->dilation_w, 1, error)
      && in_range("top padding", w->pad_top, 0, error)
      && in_range("left padding", w->pad_left, 0, error)
      && in_range("bottom padding", w->pad_bottom, 0, error)
      && in_range("right padding", w->pad_right, 0, error);
}

static bool output(
    const char* axis, int64_t in, int64_t pads, int64_t dilation, int64_t kernel, int64_t stride,
    int64_t* out, bn_error* error) {
  if (in < 1 || in > INT32_MAX) {
    return bn_fail(error, "input %s must be from 1 to 2^31-1, got %lld", axis, (long long)in);
  }
  int64_t span = in + pads - dilation * (kernel - 1) - 1;
  if (span < 0) {
    return bn_fail(
        error, "a kernel of %s %lld with dilation %lld does not fit an input of %lld with %lld of "
        "padding", axis, (long long)kernel, (long long)dilation, (long long)in, (long long)pads);
  }
  *out = span / stride + 1;
  return true;
}

bool bn_window_output(
    const bn_window* w, int64_t in_h, int64_t in_w, int64_t* out_h, int64_t* out_w,
    bn_error* error) {
  return output("height", in_h, (int64_t)w->pad_top + w->pad_bottom, w->dilation_h, w->kernel_h,
                w->stride_h, out_h, error)
      && output("width", in_w, (int64_t)w->pad_left + w->pad_right, w->dilation_w, w->kernel_w,
                w->stride_w, out_w, error);
}
