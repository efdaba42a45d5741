package org.girih.cli.library;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Elements;
import org.girih.passes.golden.TestData;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;

/// What JAX gave for a row of a [LawTable] in one dtype.
///
/// @param row its expression
/// @param wrt the arguments by which it is differentiated
/// @param inexact the results that are
/// @param arrays arguments (`arguments`, on lanes `on`), `tangents`, `cotangents`
/// @param laws what each law gives, by its name: `value`, `forward`, `reverse`, `second`, `lanes`,
///     …
record Expected(
    String row,
    String dtype,
    List<Integer> wrt,
    List<Integer> inexact,
    Map<String, List<Tensor>> arrays,
    Map<String, List<Tensor>> laws) {

  /// Returns what is expected of its values alone.
  Expected values() {
    return new Expected(
        row, dtype, wrt, inexact, arrays, new LinkedHashMap<>(Map.of("value", laws.get("value"))));
  }

  private static final List<String> ARRAYS = List.of("arguments", "on", "tangents", "cotangents");

  static List<Expected> read(Path file) {
    return TestData.read(file)
        .lines()
        .map(line -> of(JsonParser.parseString(line).getAsJsonObject()))
        .toList();
  }

  private static Expected of(JsonObject json) {
    var arrays = new LinkedHashMap<String, List<Tensor>>();
    var laws = new LinkedHashMap<String, List<Tensor>>();
    for (var member : json.entrySet()) {
      String name = member.getKey();
      if (!List.of("row", "of", "dtype", "wrt", "inexact").contains(name)) {
        var all = elements(member.getValue()).map(e -> tensor(e.getAsJsonObject())).toList();
        (ARRAYS.contains(name) ? arrays : laws).put(name, all);
      }
    }
    return new Expected(
        json.get("row").getAsString(),
        json.get("dtype").getAsString(),
        integers(json.get("wrt")),
        integers(json.get("inexact")),
        arrays,
        laws);
  }

  private static java.util.stream.Stream<JsonElement> elements(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
  }

  private static List<Integer> integers(JsonElement array) {
    return array == null ? List.of() : elements(array).map(JsonElement::getAsInt).toList();
  }

  /// `{"type": "f32[2,3]", "data": […]}`; one number stands for all.
  private static Tensor tensor(JsonObject json) {
    String[] type = json.get("type").getAsString().split("[\\[\\],]+");
    DType dtype =
        java.util.Arrays.stream(DType.values())
            .filter(d -> d.text().equals(type[0]))
            .findFirst()
            .orElseThrow();
    long[] dims = java.util.Arrays.stream(type).skip(1).mapToLong(Long::parseLong).toArray();
    JsonArray data = json.get("data").getAsJsonArray();
    return Tensor.of(ArrayType.of(dtype, dims), i -> scalar(dtype, data, i));
  }

  private static Scalar scalar(DType dtype, JsonArray data, int i) {
    if (dtype.complex()) {
      int last = data.size() - 1;
      double re = real(data.get(Math.min(2 * i, last)));
      return Scalar.of(
          dtype, Elements.complex(dtype, re, real(data.get(Math.min(2 * i + 1, last)))));
    }
    JsonElement number = data.get(data.size() == 1 ? 0 : i);
    return Scalar.of(
        dtype,
        Elements.of(dtype, dtype.floating() ? (Number) real(number) : (Number) number.getAsLong()));
  }

  private static double real(JsonElement number) {
    return switch (number.getAsString()) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case "nan" -> Double.NaN;
      case String text -> Double.parseDouble(text);
    };
  }
}
