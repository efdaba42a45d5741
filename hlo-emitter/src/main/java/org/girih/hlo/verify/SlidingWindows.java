package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.List;
import org.girih.hlo.proto.Window;
import org.girih.hlo.proto.WindowDimension;

/// Windows that slide over an array: XLA's `ShapeInference::InferWindowOutputShape`.
final class SlidingWindows {
  private SlidingWindows() {}

  /// Returns the sizes that are left when the window slides over an array of the given ones.
  static List<Long> slid(Site s, Window window, List<Long> dims) {
    s.require(
        window.getUnknownFields().isEmpty() && window.getDimensionsCount() == dims.size(),
        "a window of %d dimensions for %d",
        window.getDimensionsCount(),
        dims.size());
    var out = new ArrayList<Long>();
    for (int i = 0; i < dims.size(); i++) {
      out.add(slid(s, window.getDimensions(i), dims.get(i)));
    }
    return out;
  }

  private static long slid(Site s, WindowDimension d, long base) {
    s.require(d.getUnknownFields().isEmpty(), "a window with fields that Girih lacks");
    s.require(
        d.getSize() >= 1
            && d.getStride() >= 1
            && d.getWindowDilation() >= 1
            && d.getBaseDilation() >= 1,
        "window size %d, stride %d, dilations %d and %d: all must be at least 1",
        d.getSize(),
        d.getStride(),
        d.getWindowDilation(),
        d.getBaseDilation());
    long dilatedBase = dilated(base, d.getBaseDilation());
    long padded = Math.addExact(Math.addExact(dilatedBase, d.getPaddingLow()), d.getPaddingHigh());
    s.require(
        padded >= 0, "padding of %d by %d and %d", base, d.getPaddingLow(), d.getPaddingHigh());
    long window = dilated(d.getSize(), d.getWindowDilation());
    return padded < window ? 0 : (padded - window) / d.getStride() + 1;
  }

  private static long dilated(long size, long dilation) {
    return size == 0 ? 0 : Math.addExact(Math.multiplyExact(size - 1, dilation), 1);
  }

  static void noReversal(Site s, Window window) {
    s.require(
        window.getDimensionsList().stream().noneMatch(WindowDimension::getWindowReversal),
        "a reversed window");
  }

  /// Requires a window that only has sizes, strides and padding.
  static void plain(Site s, Window window) {
    noReversal(s, window);
    s.require(
        window.getDimensionsList().stream()
            .allMatch(d -> d.getWindowDilation() == 1 && d.getBaseDilation() == 1),
        "a dilated window");
  }
}
