package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.ElementType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The dtypes of the compiler and of the runtime are the same, row by row.
class RuntimeShapesTest {
  @Test
  void bothHaveTheSameRowsInTheSameOrder() {
    assertEquals(
        Arrays.stream(DType.values()).map(Enum::name).toList(),
        Arrays.stream(org.girih.runtime.artifact.DType.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfOneIsThatOfTheOther(DType dtype) {
    var other = RuntimeShapes.runtime(dtype);
    assertEquals(dtype.text(), other.text());
    assertEquals(dtype.bytes(), other.bytes());
    assertEquals(dtype.bytes(), RuntimeShapes.element(dtype).bytes());
    assertEquals(dtype, RuntimeShapes.dtype(other));
    assertEquals(dtype, RuntimeShapes.dtype(RuntimeShapes.element(dtype)));
  }

  @Test
  void typesThatTheLanguageLacks() {
    assertThrows(IllegalArgumentException.class, () -> RuntimeShapes.dtype(ElementType.F4E2M1FN));
  }
}
