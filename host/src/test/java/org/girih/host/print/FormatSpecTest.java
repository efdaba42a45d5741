package org.girih.host.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.girih.host.array.HostArray;
import org.girih.ir.type.DType;
import org.junit.jupiter.api.Test;

class FormatSpecTest {
  @Test
  void formatsAsPythonDoes() {
    var lines = TextTables.lines("format_spec.tsv");
    assertTrue(lines.size() > 300, "cases: " + lines.size());
    var wrong = new ArrayList<String>();
    for (String[] line : lines) {
      String printed = format(line[2], TextTables.array(line[0], "", line[1]));
      if (!printed.equals(line[3])) {
        wrong.add(line[2] + ": expected " + line[3] + " not " + printed);
      }
    }
    assertEquals(
        "",
        String.join("\n", wrong.subList(0, Math.min(20, wrong.size()))),
        wrong.size() + " differ");
  }

  private static String format(String spec, HostArray scalar) {
    return FormatSpec.parse(spec)
        .filter(s -> s.refusal(scalar.dtype(), scalar.rank()).isEmpty())
        .map(s -> "=" + s.format(scalar))
        .orElse("!");
  }

  @Test
  void elementsOfAnArrayHaveTheFormatEach() {
    var spec = FormatSpec.parse("+.1f").orElseThrow();
    assertTrue(spec.refusal(DType.F32, 2).isEmpty());
    HostArray array = HostArray.of(1f, -20f, 0.25f, 3f).reshape(2, 2);
    assertEquals("[[ +1.0 -20.0]\n [ +0.2  +3.0]]", spec.format(array));
    assertEquals("[]", spec.format(HostArray.of(new float[0])));
    assertTrue(FormatSpec.parse("d").orElseThrow().refusal(DType.F32, 1).isPresent());
  }

  @Test
  void charactersOfARowStandOneAfterTheOther() {
    var spec = FormatSpec.parse("c").orElseThrow();
    assertTrue(spec.refusal(DType.U8, 1).isEmpty());
    assertEquals("pole", spec.format(HostArray.of(112, 111, 108, 101)));
    assertEquals("", spec.format(HostArray.of(new int[0])));
    assertEquals("  hi", FormatSpec.parse("4c").orElseThrow().format(HostArray.of(104, 105)));
    // Outside Unicode, and half of a surrogate pair.
    assertEquals("\ufffda\ufffd\ufffd", spec.format(HostArray.of(-1, 97, 0x110000, 0xd800)));
    assertEquals("\ufffd", spec.format(HostArray.of(1L << 32)));
    assertTrue(spec.refusal(DType.U8, 2).isPresent());
    assertTrue(spec.refusal(DType.F32, 1).isPresent());
    assertTrue(spec.refusal(DType.BOOL, 0).isPresent());
  }

  @Test
  void anAbsurdWidthIsRefused() {
    assertTrue(FormatSpec.parse("99999999999999999999d").isEmpty());
    assertTrue(FormatSpec.parse(".1000000f").isEmpty());
  }

  @Test
  void theShortestDigitsAreTheDtypes() {
    assertEquals("0.1", FormatSpec.parse("").orElseThrow().format(HostArray.of(0.1f).reshape()));
    assertEquals(
        "   0.1", FormatSpec.parse("6").orElseThrow().format(HostArray.of(0.1f).reshape()));
  }
}
