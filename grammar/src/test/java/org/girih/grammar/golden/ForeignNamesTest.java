package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.foreign.ForeignName;
import org.girih.grammar.foreign.ForeignNames;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.girih.ir.type.DType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each name of another language is answered by its way out, which works.
class ForeignNamesTest {
  private static final String BEFORE =
      """
      import nn, optim
      def f(x) = sum(x)
      let x = ones((3, 4))
      let key = random.key(0)
      """;

  private static final Pattern QUOTED = Pattern.compile("`([^`]*)`");

  /// A function of the library that a help applies, or a member that it names.
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?<![.\\w@\"])([a-z]\\w*(?:\\.\\w+)?)\\(|\\b((?:nn|optim|random|tree)\\.\\w+)");

  /// Words of helps that are the user's own functions, effects or syntax.
  private static final List<String> OTHER =
      List.of("f", "g", "load", "plot", "print", "arg", "clock", "circle", "box", "module", "in");

  @TestFactory
  Stream<DynamicTest> isAnsweredByItsWayOut() {
    return ForeignNames.all().stream()
        .map(name -> DynamicTest.dynamicTest(title(name), () -> answered(name)));
  }

  private static void answered(ForeignName name) {
    List<Diagnostic> found = check(wrong(name));
    assertEquals(
        Optional.of(name.help()),
        found.stream().map(d -> d.help()).flatMap(Optional::stream).findFirst(),
        () -> wrong(name) + found);
  }

  @TestFactory
  Stream<DynamicTest> whatItRecommendsIsRight() {
    return ForeignNames.all().stream()
        .map(name -> DynamicTest.dynamicTest(title(name), () -> right(name)));
  }

  private static void right(ForeignName name) {
    assertEquals(List.of(), check(BEFORE + "let _y = " + name.right() + "\nprint(1)\n"));
  }

  @Test
  void namesOnlyWhatTheLibraryHas() {
    SortedSet<String> known = new TreeSet<>(OTHER);
    for (DType dtype : DType.values()) {
      known.add(dtype.text());
    }
    for (String name : Elaborator.publicNames()) {
      known.add(name.startsWith("prelude.") ? name.substring("prelude.".length()) : name);
      known.add(name.replace("initializers.", "init."));
    }
    var unknown = new TreeSet<String>();
    for (ForeignName name : ForeignNames.all()) {
      var quoted = QUOTED.matcher(name.help());
      while (quoted.find()) {
        var function = FUNCTION.matcher(quoted.group(1));
        while (function.find()) {
          unknown.add(function.group(1) == null ? function.group(2) : function.group(1));
        }
      }
    }
    // In the helps, `x` is what the user's value is called, and `optimizer` one of optim's.
    unknown.removeAll(List.of("x", "optimizer.update", "nn", "optim"));
    unknown.removeAll(known);
    assertEquals(new TreeSet<String>(), unknown);
  }

  @Test
  void fixesThatAreCertainCheck() {
    for (ForeignName name : ForeignNames.all()) {
      boolean certain = name.fix().map(ForeignName.Fix::certain).orElse(false);
      if (certain) {
        List<Diagnostic> found = check(wrong(name));
        assertTrue(
            found.stream().flatMap(d -> d.fixes().stream()).anyMatch(Diagnostic.Fix::certain),
            () -> wrong(name) + found);
      }
    }
  }

  private static String title(ForeignName name) {
    return name.kind() + " " + name.written();
  }

  /// Returns a program that writes the name where it is understood elsewhere.
  private static String wrong(ForeignName name) {
    return switch (name.kind()) {
      case NAME -> "let _y = " + name.written() + "\nprint(1)\n";
      case ATTRIBUTE -> BEFORE + "let _y = x." + name.written() + "\nprint(1)\n";
      case METHOD -> BEFORE + "let _y = x." + name.written() + "()\nprint(1)\n";
      case TYPE -> BEFORE + "let _y: " + name.written() + "[3] = zeros(3)\nprint(1)\n";
      case IMPORT -> "import " + name.written() + "\nprint(1)\n";
      case WORD -> name.written() + " x\n";
      case DECORATOR -> "@" + name.written() + "\ndef f(x) = x\n";
    };
  }

  private static List<Diagnostic> check(String text) {
    return Checked.check(new Source("test.girih", text)).errors().all();
  }
}
