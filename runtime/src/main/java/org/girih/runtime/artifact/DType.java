package org.girih.runtime.artifact;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.girih.runtime.pjrt.ElementType;

/// The element types under the names of the language, which appear in messages and manifests. The
/// compiler's `DType` has the same rows: the runtime runs without it, and a test of `host` holds
/// them equal.
///
/// On the host an element of less than a byte takes a whole one; a `bool` is a byte, 0 or 1; a
/// complex element is its real part, then its imaginary.
public enum DType {
  BOOL(ElementType.PRED),
  I4(ElementType.S4),
  I8(ElementType.S8),
  I16(ElementType.S16),
  I32(ElementType.S32),
  I64(ElementType.S64),
  U4(ElementType.U4),
  U8(ElementType.U8),
  U16(ElementType.U16),
  U32(ElementType.U32),
  U64(ElementType.U64),
  F8E4M3FN(ElementType.F8E4M3FN),
  F8E5M2(ElementType.F8E5M2),
  F8E4M3B11FNUZ(ElementType.F8E4M3B11FNUZ),
  F8E4M3FNUZ(ElementType.F8E4M3FNUZ),
  F8E5M2FNUZ(ElementType.F8E5M2FNUZ),
  F16(ElementType.F16),
  BF16(ElementType.BF16),
  F32(ElementType.F32),
  F64(ElementType.F64),
  C64(ElementType.C64),
  C128(ElementType.C128);

  private final ElementType element;

  DType(ElementType element) {
    this.element = element;
  }

  /// Returns the runtime's name of it.
  public ElementType element() {
    return element;
  }

  /// Returns the bytes of an element on the host.
  public int bytes() {
    return element.bytes();
  }

  /// Returns the name: `f32`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the dtype of that name, if there is one.
  public static Optional<DType> of(String text) {
    return Arrays.stream(values()).filter(d -> d.text().equals(text)).findFirst();
  }

  /// Returns the dtype of an element type, if the language has one.
  public static Optional<DType> of(ElementType element) {
    return Arrays.stream(values()).filter(d -> d.element == element).findFirst();
  }

  /// Returns a type as the language writes it: `f32[2, 3]`, `f32` for a scalar.
  public String text(long... dims) {
    return dims.length == 0 ? text() : text() + Arrays.toString(dims);
  }
}
