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
class ShapesTest {
  @Test
  void bothHaveTheSameRowsInTheSameOrder() {
    assertEquals(
        Arrays.stream(DType.values()).map(Enum::name).toList(),
        Arrays.stream(org.girih.runtime.artifact.DType.values()).map(Enum::name).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aRowOfOneIsThatOfTheOther(DType dtype) {
    var other = Shapes.runtime(dtype);
    assertEquals(dtype.text(), other.text());
    assertEquals(dtype.bytes(), other.bytes());
    assertEquals(dtype.bytes(), Shapes.element(dtype).bytes());
    assertEquals(dtype, Shapes.dtype(other));
    assertEquals(dtype, Shapes.dtype(Shapes.element(dtype)));
  }

  @Test
  void typesThatTheLanguageLacks() {
    assertThrows(IllegalArgumentException.class, () -> Shapes.dtype(ElementType.F4E2M1FN));
  }
}
