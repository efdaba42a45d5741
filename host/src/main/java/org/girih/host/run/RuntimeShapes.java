package org.girih.host.run;

import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.ElementType;
import org.girih.runtime.pjrt.Shape;

/// Types of the IR as the runtime names them, and back.
///
/// `ir` and `runtime` each have an enum of the dtypes, since neither imports the other: programs
/// are compiled without a device, and run without a compiler. Here is the only way between them, by
/// name; a test asks each row of one for its row of the other.
public final class RuntimeShapes {
  private RuntimeShapes() {}

  public static Shape of(ArrayType type) {
    return new Shape(element(type.dtype()), type.sizes());
  }

  /// Returns the runtime's row for a dtype.
  public static org.girih.runtime.artifact.DType runtime(DType dtype) {
    return org.girih.runtime.artifact.DType.valueOf(dtype.name());
  }

  /// Returns the dtype of the runtime's row.
  public static DType dtype(org.girih.runtime.artifact.DType dtype) {
    return DType.valueOf(dtype.name());
  }

  /// Returns the element type of a dtype's buffers.
  public static ElementType element(DType dtype) {
    return runtime(dtype).element();
  }

  /// Returns the dtype of an element type.
  ///
  /// @throws IllegalArgumentException if the language has none
  public static DType dtype(ElementType type) {
    return org.girih.runtime.artifact.DType.of(type)
        .map(RuntimeShapes::dtype)
        .orElseThrow(() -> new IllegalArgumentException("no dtype for " + type));
  }
}
