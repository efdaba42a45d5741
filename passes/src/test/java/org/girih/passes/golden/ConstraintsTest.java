package org.girih.passes.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.ir.op.Names;
import org.girih.ir.op.Op;
import org.girih.ir.text.OpForms;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// An op's doc numbers its constraints from C1 on, its typing rule cites each of them, and for each
/// a program in `testdata/ops/*/infer.tir` is refused: of a family of ops, by one of them at least.
@Tag("golden")
final class ConstraintsTest {
  /// `/// - (C2) to (C6) are those of [Windows]` stands for what the other class lists.
  private static final Pattern LISTED =
      Pattern.compile("(?m)^/// - \\(C(\\d+)\\)(?: to \\(C(\\d+)\\) are those of \\[(\\w+)\\])?");

  private static final Pattern CITED = Pattern.compile("\\.c\\((\\d+)\\)");

  private static final Pattern REFUSED =
      Pattern.compile("(?m)^  refused: (\\w+)(?: \\(C(\\d+)\\))?: (.*)$");

  @Test
  void namesAreThoseOfAllOps() {
    var names = new TreeSet<String>();
    families().values().forEach(names::addAll);
    assertEquals(OpForms.names(), names);
  }

  @TestFactory
  Stream<DynamicTest> constraintsAreListedCitedAndShown() {
    return families().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  private static void check(String family, List<String> names) {
    List<Integer> listed = listed(family);
    assertEquals(IntStream.rangeClosed(1, listed.size()).boxed().toList(), listed, "in the doc");
    assertEquals(new TreeSet<>(listed), cited(family), "in the code");
    assertEquals(new TreeSet<>(listed), shown(names), "in infer.tir.out");
  }

  /// The numbers in the doc, in its order.
  private static List<Integer> listed(String type) {
    var numbers = new ArrayList<Integer>();
    for (MatchResult line : all(LISTED, source(type))) {
      int first = Integer.parseInt(line.group(1));
      int last = line.group(2) == null ? first : Integer.parseInt(line.group(2));
      List<Integer> range = IntStream.rangeClosed(first, last).boxed().toList();
      if (line.group(3) != null) {
        assertEquals(listed(line.group(3)), range, "those of " + line.group(3));
      }
      numbers.addAll(range);
    }
    return numbers;
  }

  /// The numbers in the code, and in that of the class whose constraints it has too.
  private static SortedSet<Integer> cited(String type) {
    String source = source(type);
    var numbers = new TreeSet<Integer>();
    all(CITED, source).forEach(m -> numbers.add(Integer.valueOf(m.group(1))));
    all(LISTED, source).stream()
        .filter(line -> line.group(3) != null)
        .forEach(line -> numbers.addAll(cited(line.group(3))));
    return numbers;
  }

  /// The numbers in what is said against programs. Without number are sizes that are not decided,
  /// and sizes beyond 64 bits.
  private static SortedSet<Integer> shown(List<String> names) {
    var numbers = new TreeSet<Integer>();
    for (String name : names) {
      Path file = TestData.root().resolve("ops").resolve(name).resolve("infer.tir.out");
      for (MatchResult line : all(REFUSED, TestData.read(file))) {
        if (!line.group(1).equals(name)) {
          continue;
        }
        if (line.group(2) == null) {
          boolean size = line.group(3).matches("undecided: .*|long overflow");
          assertTrue(size, line.group());
        } else {
          numbers.add(Integer.valueOf(line.group(2)));
        }
      }
    }
    return numbers;
  }

  private static List<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static String source(String type) {
    Path module = TestData.root().resolveSibling("ir");
    return TestData.read(module.resolve("src/main/java/org/girih/ir/op/" + type + ".java"));
  }

  /// The names of ops by the record or enum that they are of.
  private static SortedMap<String, List<String>> families() {
    var families = new TreeMap<String, List<String>>();
    var open = new ArrayDeque<Class<?>>(List.of(Op.class));
    while (!open.isEmpty()) {
      Class<?> type = open.remove();
      if (type.isInterface()) {
        open.addAll(List.of(type.getPermittedSubclasses()));
      } else if (type.isEnum()) {
        families.put(
            type.getSimpleName(),
            Stream.of(type.getEnumConstants()).map(op -> ((Op) op).primitive()).toList());
      } else {
        families.put(type.getSimpleName(), List.of(Names.snake(type.getSimpleName())));
      }
    }
    return families;
  }
}
