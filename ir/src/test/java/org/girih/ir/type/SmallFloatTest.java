package org.girih.ir.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The formats of 8 and 16 bits against ml_dtypes (`testdata/scripts/small_floats.py`): all
/// patterns of 8 bits, a sample of those of 16, ties and their neighbours, and what is too large.
final class SmallFloatTest {
  private static List<String[]> lines(String kind) throws Exception {
    try (var in = SmallFloatTest.class.getResourceAsStream("small_floats.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
          .lines()
          .map(line -> line.split(" "))
          .filter(words -> words[0].equals(kind))
          .toList();
    }
  }

  @Test
  void decodesAsMlDtypes() throws Exception {
    var wrong = new ArrayList<String>();
    for (String[] words : lines("decode")) {
      double value =
          SmallFloat.of(DType.of(words[1]).orElseThrow()).decode(Integer.parseInt(words[2]));
      if (Double.compare(value, Double.parseDouble(words[3])) != 0) {
        wrong.add(String.join(" ", words) + ": " + value);
      }
    }
    assertEquals(List.of(), wrong);
    assertEquals(true, lines("decode").size() > 5 * 256 + 2 * 500);
  }

  @Test
  void encodesAsMlDtypes() throws Exception {
    var wrong = new ArrayList<String>();
    for (String[] words : lines("encode")) {
      DType dtype = DType.of(words[1]).orElseThrow();
      double value = Double.parseDouble(words[2]);
      int bits = SmallFloat.of(dtype).encode(value);
      boolean bothNaN =
          Double.isNaN(SmallFloat.of(dtype).decode(bits))
              && Double.isNaN(SmallFloat.of(dtype).decode(Integer.parseInt(words[3])));
      if (!bothNaN && bits != Integer.parseInt(words[3])) {
        wrong.add(String.join(" ", words) + ": " + bits);
      }
    }
    assertEquals(List.of(), wrong);
  }
}
