package org.girih.cli.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.girih.passes.golden.TestData;

/// A table `testdata/library/NAME.laws`: expressions of Girih and what they are to be equal to. Its
/// `README.md` tells the format.
///
/// @param name of the table, without suffix
/// @param rows in their order
record LawTable(String name, List<Row> rows) {
  /// One expression.
  ///
  /// @param covers the functions that it stands for, as `library.name`
  /// @param expression in Girih
  /// @param key the expression and its arguments, as in the table
  /// @param params the names of its arguments, in order
  /// @param options by their first word; see the README
  record Row(
      Set<String> covers,
      String expression,
      String key,
      List<String> params,
      Map<String, String> options) {

    /// The relative tolerance of its own in a dtype: `tol-f32 1e-3 reason`.
    OptionalDouble tolerance(String dtype) {
      String own = options.getOrDefault("tol-" + dtype, options.getOrDefault("tol", ""));
      if (own.isEmpty()) {
        return OptionalDouble.empty();
      }
      String[] words = own.split(" ", 2);
      if (words.length == 1) {
        throw new AssertionError("a tolerance without its reason: " + expression);
      }
      return OptionalDouble.of(Double.parseDouble(words[0]));
    }

    /// Whether JAX's NaN count for nothing in a law, on lanes too: `nan-second reason`.
    boolean undefined(String law) {
      return options.containsKey("nan-" + law.replace("lanes_", ""));
    }

    /// Why a law does not hold for a dtype, where the table says so.
    String difference(String law, String dtype) {
      String all = options.getOrDefault("differs-" + law, "");
      return all.isEmpty() ? options.getOrDefault("differs-" + law + "-" + dtype, "") : all;
    }
  }

  static List<LawTable> all() {
    return TestData.list(TestData.root().resolve("library")).stream()
        .filter(p -> p.toString().endsWith(".laws"))
        .map(p -> of(p.getFileName().toString().replace(".laws", ""), TestData.read(p)))
        .toList();
  }

  private static LawTable of(String name, String text) {
    var rows = new ArrayList<Row>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        rows.add(row(line));
      }
    }
    return new LawTable(name, rows);
  }

  private static Row row(String line) {
    String[] cells = (line + " ").split(" \\| ", 6);
    if (cells.length < 5) {
      throw new AssertionError("a row has six cells: " + line);
    }
    var options = new LinkedHashMap<String, String>();
    for (String option : cells.length == 6 ? cells[5].split(";") : new String[0]) {
      if (!option.isBlank()) {
        String[] words = option.strip().split(" ", 2);
        options.put(words[0], words.length == 2 ? words[1] : "");
      }
    }
    var params =
        Stream.of(cells[3].split(",")).filter(a -> !a.isBlank()).map(a -> a.split(":")[0].strip());
    return new Row(
        Set.copyOf(Arrays.asList(cells[0].strip().split("\\s*,\\s*"))),
        cells[1].strip(),
        cells[1].strip() + " | " + cells[3].strip(),
        params.toList(),
        options);
  }

  /// What JAX gave for the rows, by key.
  Map<String, List<Expected>> expected() {
    var out = new HashMap<String, List<Expected>>();
    for (Expected each : Expected.read(TestData.root().resolve("library/" + name + ".expected"))) {
      out.computeIfAbsent(each.row(), _ -> new ArrayList<>()).add(each);
    }
    return out;
  }
}
