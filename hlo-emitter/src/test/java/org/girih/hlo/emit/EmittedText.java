package org.girih.hlo.emit;

import org.girih.hlo.HloText;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.text.TirParser;

/// The HLO of programs in `.tir`, as text.
final class EmittedText {
  private EmittedText() {}

  /// Returns the HLO of a program's only entry.
  static String of(String tir) {
    var diagnostics = new Diagnostics();
    Program program =
        TirParser.parse(new Source("test.tir", tir), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return HloText.print(HloEmitter.emit(program, program.entries().getFirst()));
  }

  /// Returns how often a text has a part.
  static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
