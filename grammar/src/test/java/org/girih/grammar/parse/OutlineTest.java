package org.girih.grammar.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.ast.Item;
import org.girih.grammar.elaborate.intrinsic.Library;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class OutlineTest {
  /// Each file of the library, cut and parsed in parts, is what the parser makes of the whole.
  @TestFactory
  Stream<DynamicTest> libraryFiles() {
    return Arrays.stream(Library.values())
        .flatMap(library -> library.files().stream())
        .map(file -> DynamicTest.dynamicTest(file, () -> check(file)));
  }

  private static void check(String file) throws Exception {
    try (var in = Library.class.getResourceAsStream("/girih/" + file + ".girih")) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      var source = new Source(file, text);
      var outline = Outline.of(source);
      var parts = new ArrayList<Item>(outline.items());
      outline.defs().forEach(def -> parts.add(def.item().get()));
      parts.sort(Comparator.comparingInt(item -> item.span().start()));
      assertEquals(whole(source), parts);
      for (Outline.Def def : outline.defs()) {
        Item.Def item = def.item().get();
        assertEquals(item.name(), def.name());
        assertEquals(item.doc().isPresent(), def.documented(), def.name());
        assertEquals(item.rule().map(r -> String.join(".", r.path())), def.ruleOf(), def.name());
      }
    }
  }

  private static List<Item> whole(Source source) {
    var diagnostics = new Diagnostics();
    var file = SourceParser.parse(source, diagnostics).orElseThrow();
    return file.items().stream()
        .filter(item -> !(item instanceof Item.Test || item instanceof Item.Bench))
        .toList();
  }

  @Test
  void conditionsRulesAndComments() {
    var source =
        new Source(
            "a",
            """
            ## The file.

            # Not a doc comment.
            def f(x: f32[n])
            where n > 1 = x

            ## Returns x.
            ## Twice.
            @jvp(f) def f_jvp((x,), (t,)) {
              # def g
              (x, t)
            }
            test "f" {}
            type A = f32""");
    var outline = Outline.of(source);
    assertEquals(List.of("f", "f_jvp"), outline.defs().stream().map(Outline.Def::name).toList());
    assertEquals(
        List.of(false, true), outline.defs().stream().map(Outline.Def::documented).toList());
    assertEquals(Optional.of("f"), outline.defs().getLast().ruleOf());
    assertEquals(Optional.of("Returns x.\nTwice."), outline.defs().getLast().item().get().doc());
    assertTrue(outline.defs().getFirst().item().get().requirement().isPresent());
    assertEquals(1, outline.items().size());
  }

  @Test
  void nothingIsLeftOut() {
    var bug = assertThrows(CompilerBug.class, () -> Outline.of(new Source("a", "let x = 1\n")));
    assertEquals("a: no item begins at 0", bug.getMessage());
  }
}
