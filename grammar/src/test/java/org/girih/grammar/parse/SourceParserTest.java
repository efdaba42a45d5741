package org.girih.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.girih.grammar.ast.Item;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.Test;

class SourceParserTest {
  @Test
  void aProgramGivesItsItems() {
    var diagnostics = new Diagnostics();
    var source = new Source("t.girih", "def f(x) = x ** 2\nprint(vmap(f)(arange(8)))\n");
    var file = SourceParser.parse(source, diagnostics).orElseThrow();
    assertEquals(2, file.items().size());
    assertEquals(0, diagnostics.errorCount());
  }

  @Test
  void aMistakeGivesAnError() {
    var diagnostics = new Diagnostics();
    assertTrue(SourceParser.parse(new Source("t.girih", "let x = "), diagnostics).isEmpty());
    assertEquals(1, diagnostics.errorCount());
  }

  @Test
  void aCommentBehindCodeDocumentsNothing() {
    String text = "let x = 1 ## of x\ndef f() = x\n## of g,\n## too\ndef g() = x\n";
    var file = SourceParser.parse(new Source("t.girih", text), new Diagnostics()).orElseThrow();
    assertEquals(Optional.empty(), ((Item.Def) file.items().get(1)).doc());
    assertEquals(Optional.of("of g,\ntoo"), ((Item.Def) file.items().get(2)).doc());
  }
}
