package org.girih.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ReadOnlyBufferException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// [Elements] and [Literal]; bytes are written out by hand, little-endian.
final class ElementsTest {
  @ParameterizedTest
  @CsvSource({
    "BOOL, 2, 01, 1",
    "BOOL, 0, 00, 0",
    "BOOL, NaN, 01, 1",
    "I4, 7, 07, 7",
    "I4, -8, f8, -8",
    "I4, 9, f9, -7",
    "U4, 15, 0f, 15",
    "U4, 17, 01, 1",
    "U4, -1, 0f, 15",
    "I8, 127, 7f, 127",
    "I8, 128, 80, -128",
    "I8, -1, ff, -1",
    "U8, 255, ff, 255",
    "U8, 256, 00, 0",
    "I16, -2, feff, -2",
    "U16, 65535, ffff, 65535",
    "I32, 2147483648, 00000080, -2147483648",
    "U32, 4294967295, ffffffff, 4294967295",
    "I64, -1, ffffffffffffffff, -1",
    "U64, 18446744073709551615, ffffffffffffffff, 18446744073709551615",
    "U64, 9223372036854775808, 0000000000000080, 9223372036854775808",
    "F16, 1, 003c, 1.0",
    "BF16, -2, 00c0, -2.0",
    "F32, 1, 0000803f, 1.0",
    "F32, 16777217, 0000804b, 1.6777216E7",
    "F64, 0.5, 000000000000e03f, 0.5",
    "C64, 1, 0000803f00000000, 1.0",
    "C128, 1, 000000000000f03f0000000000000000, 1.0",
    "F8E5M2, 1, 3c, 1.0",
    "F8E4M3FN, 1, 38, 1.0",
    "F8E4M3FNUZ, 1, 40, 1.0",
    "F8E4M3B11FNUZ, 1, 58, 1.0",
    "F8E5M2FNUZ, 1, 40, 1.0"
  })
  void bytesOfNumbersAndBack(DType dtype, String number, String bytes, String back) {
    Number given =
        number.matches("-?\\d+") ? new BigInteger(number) : (Number) Double.valueOf(number);
    byte[] made = Elements.of(dtype, given);
    assertEquals(bytes, HexFormat.of().formatHex(made));
    assertEquals(back, Elements.number(dtype, made).toString());
    assertEquals(0, Elements.imaginary(dtype, made));
  }

  @Test
  void integersAreRoundedOnceToF32() {
    // By way of double this would be rounded to 2^61 first, a tie, and then down.
    long number = (1L << 61) + (1L << 37) + 1;
    assertEquals(0x1.000002p61, Elements.number(DType.F32, Elements.of(DType.F32, number)));
    var big = BigInteger.valueOf(number);
    assertEquals(0x1.000002p61, Elements.number(DType.F32, Elements.of(DType.F32, big)));
  }

  @Test
  void complexNumbers() {
    byte[] bytes = Elements.complex(DType.C64, 1, -0.0);
    assertEquals("0000803f00000080", HexFormat.of().formatHex(bytes));
    assertEquals(-0.0, Elements.imaginary(DType.C64, bytes));
    assertEquals(2, Elements.imaginary(DType.C128, Elements.complex(DType.C128, 1, 2)));
    assertThrows(IllegalArgumentException.class, () -> Elements.complex(DType.F32, 1, 2));
  }

  @Test
  void literalsAreEqualByTypeFormAndBytes() {
    ArrayType two = ArrayType.of(DType.I8, 2);
    Literal dense = Literal.dense(two, new byte[] {1, 2});
    assertEquals(dense, Literal.dense(two, new byte[] {1, 2}));
    assertEquals(dense.hashCode(), Literal.dense(two, new byte[] {1, 2}).hashCode());
    assertNotEquals(dense, Literal.dense(two, new byte[] {1, 3}));
    assertNotEquals(dense, Literal.dense(ArrayType.of(DType.U8, 2), new byte[] {1, 2}));
    assertNotEquals(dense, Literal.dense(ArrayType.of(DType.I8, 2, 1), new byte[] {1, 2}));
    assertNotEquals(Literal.of(two, 1), Literal.dense(two, new byte[] {1, 1}));
    assertNotEquals(Literal.of(two, 1), "i8[2] splat");
    ArrayType scalar = ArrayType.scalar(DType.F32);
    assertNotEquals(Literal.of(scalar, 0.0), Literal.of(scalar, -0.0));
    assertEquals(Literal.of(scalar, 1), Literal.dense(scalar, Elements.of(DType.F32, 1)));
  }

  @Test
  void literalsKeepTheirBytes() {
    byte[] given = {1, 2};
    Literal literal = Literal.dense(ArrayType.of(DType.I8, 2), given);
    given[0] = 9;
    assertArrayEquals(new byte[] {1}, literal.element(0));
    assertArrayEquals(new byte[] {2}, literal.element(1));
    assertThrows(ReadOnlyBufferException.class, () -> literal.bytes().put(0, (byte) 1));
    Literal splat = Literal.of(ArrayType.of(DType.I16, 1_000_000, 1_000_000), 7);
    assertTrue(splat.isSplat());
    assertArrayEquals(new byte[] {7, 0}, splat.element(999_999_999_999L));
    assertEquals(2, splat.bytes().remaining());
    assertFalse(literal.isSplat());
    assertTrue(Literal.i32(3).isSplat());
  }

  @Test
  void literalsNeedTheRightNumberOfBytes() {
    ArrayType type = ArrayType.of(DType.F32, 2);
    assertThrows(IllegalArgumentException.class, () -> Literal.dense(type, new byte[4]));
    assertThrows(IllegalArgumentException.class, () -> Literal.splat(type, new byte[8]));
  }
}
