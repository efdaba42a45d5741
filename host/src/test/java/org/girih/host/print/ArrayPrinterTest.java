package org.girih.host.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.girih.host.array.HostArray;
import org.junit.jupiter.api.Test;

class ArrayPrinterTest {
  @Test
  void printsAsNumPyDoes() {
    var lines = TextTables.lines("array_text.tsv");
    assertTrue(lines.size() > 300, "cases: " + lines.size());
    var wrong = new ArrayList<String>();
    for (String[] line : lines) {
      String expected = line[3].replace("\\n", "\n");
      String printed = ArrayPrinter.print(TextTables.array(line[0], line[1], line[2]));
      if (!printed.equals(expected)) {
        wrong.add(line[0] + "[" + line[1] + "]\n" + expected + "\n-- printed --\n" + printed);
      }
    }
    assertEquals(
        "",
        String.join("\n\n", wrong.subList(0, Math.min(20, wrong.size()))),
        wrong.size() + " differ");
  }

  /// `np.array2string(a, prefix=" " * 4)`.
  @Test
  void indentsFurtherLines() {
    assertEquals(
        "[[1 2]\n     [3 4]]", ArrayPrinter.print(HostArray.of(1, 2, 3, 4).reshape(2, 2), 4));
  }
}
