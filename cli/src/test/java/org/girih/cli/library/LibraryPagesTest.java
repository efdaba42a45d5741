package org.girih.cli.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.cli.Session;
import org.girih.grammar.foreign.JaxName;
import org.girih.grammar.reference.Reference;
import org.girih.grammar.reference.ReferenceEntry;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.junit.jupiter.api.Test;

/// The pages of `docs/library/` are what the library says of itself; examples are rows of the laws,
/// with JAX's numbers, which [LibraryLawsTest] holds. `-Dbless` writes them, never in CI.
final class LibraryPagesTest {
  private static final int SMALL = 8;
  private static final Path FOLDER = Session.ROOT.resolve("docs/library");

  @Test
  void pagesSayWhatTheLibrarySays() throws IOException {
    var pages = pages();
    if (System.getProperty("bless") != null) {
      assertFalse("true".equals(System.getenv("CI")), "nothing is blessed in CI");
      Files.createDirectories(FOLDER);
      for (var page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          List.copyOf(pages.keySet()),
          files.map(f -> f.getFileName().toString()).sorted().toList(),
          "pages of libraries that are gone");
    }
    for (var page : pages.entrySet()) {
      assertEquals(
          Files.readString(FOLDER.resolve(page.getKey())),
          page.getValue(),
          page.getKey() + " differs: write it with -Dbless");
    }
  }

  private static TreeMap<String, String> pages() {
    Reference reference = Reference.read();
    var examples = examples();
    var pages = new TreeMap<String, String>();
    var list = new StringBuilder();
    reference
        .spaces()
        .forEach(
            (space, about) -> {
              list.append(
                  "| [`%s`](%s.md) | %d | %s |\n"
                      .formatted(space, space, reference.of(space).size(), about));
              pages.put(space + ".md", page(reference, space, about, examples));
            });
    pages.put("README.md", index(list.toString()));
    return pages;
  }

  private static String index(String list) {
    var counts = new LinkedHashMap<String, int[]>();
    var missing = new TreeMap<String, List<String>>();
    for (JaxName name : JaxName.all()) {
      int[] count = counts.computeIfAbsent(name.module(), _ -> new int[2]);
      count[1]++;
      if (name.girih().isPresent()) {
        count[0]++;
      } else {
        missing.computeIfAbsent(name.module(), _ -> new ArrayList<>()).add(name.function());
      }
    }
    var out = new StringBuilder("# The library\n\n");
    out.append(
        "Made from `library/girih/` by `LibraryPagesTest`; `girih doc nn.Dense` says the same.\n");
    out.append("Examples have JAX's numbers, and are held by the laws in `testdata/library/`.\n\n");
    out.append("| library | names | what it is |\n|---|---|---|\n").append(list);
    int have = counts.values().stream().mapToInt(c -> c[0]).sum();
    int all = counts.values().stream().mapToInt(c -> c[1]).sum();
    out.append(
        "\n## Functions of JAX, Flax and Optax\n\n%d of %d functions that make sense here are there, or have an expression of their own (`jax.tsv`).\n\n"
            .formatted(have, all));
    out.append("| module | there | of | missing |\n|---|---|---|---|\n");
    counts.forEach(
        (module, count) ->
            out.append(
                "| %s | %d | %d | %s |\n"
                    .formatted(
                        module,
                        count[0],
                        count[1],
                        String.join(", ", missing.getOrDefault(module, List.of())))));
    return out.toString();
  }

  private static String page(
      Reference reference, String space, String about, Map<String, String> examples) {
    var out = new StringBuilder("# `" + space + "`\n\n").append(about).append("\n\n");
    for (ReferenceEntry entry : reference.of(space)) {
      out.append("## `").append(entry.written()).append("`\n\n");
      out.append("```\n").append(entry.signature()).append("\n```\n\n");
      out.append(entry.text().replaceAll("\\s+", " ").replace(". ", ".\n")).append("\n");
      if (!entry.jax().isEmpty()) {
        String names =
            entry.jax().stream()
                .distinct()
                .map(n -> "`" + n + "`")
                .collect(Collectors.joining(", "));
        out.append("\nIn JAX: ").append(names).append("\n");
      }
      String example = examples.get(space + "." + entry.name());
      if (example != null) {
        out.append("\n```\n").append(example).append("```\n");
      }
      out.append("\n");
    }
    return out.toString().stripTrailing() + "\n";
  }

  /// Returns for each function the first of its rows that is short enough to be read.
  private static Map<String, String> examples() {
    var out = new TreeMap<String, String>();
    for (LawTable table : LawTable.all()) {
      var expected = table.expected();
      for (LawTable.Row row : table.rows()) {
        example(row, expected.getOrDefault(row.key(), List.of()))
            .ifPresent(text -> row.covers().forEach(name -> out.putIfAbsent(name, text)));
      }
    }
    return out;
  }

  private static Optional<String> example(LawTable.Row row, List<Expected> all) {
    Optional<Expected> found = all.stream().filter(e -> e.dtype().equals("f32")).findFirst();
    if (found.isEmpty() || row.expression().length() > 120) {
      return Optional.empty();
    }
    var arguments = found.get().arrays().getOrDefault("arguments", List.of());
    var values = found.get().laws().get("value");
    boolean small =
        Stream.concat(arguments.stream(), values.stream())
                .allMatch(t -> t.elements().length <= SMALL)
            && values.size() <= 6;
    if (!small) {
      return Optional.empty();
    }
    var out = new StringBuilder();
    for (int i = 0; i < arguments.size(); i++) {
      out.append("let ")
          .append(row.params().get(i))
          .append(" = ")
          .append(text(arguments.get(i)))
          .append("\n");
    }
    out.append(row.expression()).append("\n");
    String got = values.stream().map(LibraryPagesTest::text).collect(Collectors.joining(", "));
    return Optional.of(out.append("# ").append(got).append("\n").toString());
  }

  private static String text(Tensor tensor) {
    return text(tensor, 0, 0, tensor.elements().length);
  }

  private static String text(Tensor tensor, int axis, int from, int to) {
    if (axis == tensor.type().rank()) {
      return text(tensor.elements()[from], tensor.type().dtype().isBool());
    }
    int size = tensor.size(axis);
    int step = size == 0 ? 0 : (to - from) / size;
    return IntStream.range(0, size)
        .mapToObj(i -> text(tensor, axis + 1, from + i * step, from + (i + 1) * step))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String text(Scalar scalar, boolean truth) {
    return switch (scalar) {
      case Scalar.Real(double value) -> number(value);
      case Scalar.Complex(double re, double im) ->
          "complex(" + number(re) + ", " + number(im) + ")";
      case Scalar.Whole(long bits) -> truth ? Boolean.toString(bits != 0) : Long.toString(bits);
    };
  }

  private static String number(double value) {
    return Double.isNaN(value)
        ? "nan"
        : Double.isInfinite(value)
            ? (value > 0 ? "inf" : "-inf")
            : Float.toString((float) value).replace("E", "e");
  }
}
