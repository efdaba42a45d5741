package org.girih.passes.golden;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.FuncRef;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;
import org.girih.ir.type.Literal;

/// Arguments and expected results: `@function`, then lines `in LITERAL` and `out LITERAL`.
public final class ValuesFile {
  /// One run of a function.
  public record Case(FuncRef func, List<Literal> arguments, List<Literal> results) {
    @Override
    public String toString() {
      return func.name();
    }
  }

  private ValuesFile() {}

  public static List<Case> read(Path file) {
    var cases = new ArrayList<Case>();
    for (String line : TestData.read(file).lines().toList()) {
      if (line.startsWith("@")) {
        cases.add(new Case(new FuncRef(line.substring(1)), new ArrayList<>(), new ArrayList<>()));
      } else if (line.startsWith("in ")) {
        cases.getLast().arguments().add(literal(file, line.substring(3)));
      } else if (line.startsWith("out ")) {
        cases.getLast().results().add(literal(file, line.substring(4)));
      } else if (!line.isBlank()) {
        throw new AssertionError(file + ": " + line);
      }
    }
    return cases;
  }

  private static Literal literal(Path file, String text) {
    var diagnostics = new Diagnostics();
    return TirParser.parseLiteral(new Source(file.toString(), text), diagnostics)
        .orElseThrow(() -> new AssertionError(file + ": " + text + ": " + diagnostics.all()));
  }
}
