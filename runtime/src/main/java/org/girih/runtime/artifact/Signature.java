package org.girih.runtime.artifact;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.girih.runtime.pjrt.Shape;

/// The leaves that a function takes and returns, in order.
///
/// @param name of the function
/// @param doc its comment; empty if it has none
/// @param inputs the parameters, among them the weights that the program brings along
/// @param results the results; a single array has the empty path
public record Signature(String name, String doc, List<Leaf> inputs, List<Leaf> results) {
  public Signature {
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
  }

  /// An array of a tree.
  ///
  /// @param path its names, with dots: `params.Dense_0.kernel`, `batch.0`
  /// @param key whether it is a random key, or an array of keys, whose last axis has two words
  /// @param weight the number of the weight that it is; empty for what a caller passes
  public record Leaf(String path, DType dtype, List<Size> dims, boolean key, OptionalInt weight) {
    public Leaf {
      dims = List.copyOf(dims);
    }

    /// Returns an array whose sizes are numbers.
    public static Leaf of(String path, DType dtype, long... dims) {
      var sizes = new ArrayList<Size>();
      for (long dim : dims) {
        sizes.add(new Size.Known(dim));
      }
      return new Leaf(path, dtype, sizes, false, OptionalInt.empty());
    }

    /// Returns whether all sizes are numbers.
    public boolean fixed() {
      return dims.stream().allMatch(Size.Known.class::isInstance);
    }

    /// Returns the shape, where the sizes are numbers.
    public Shape shape() {
      return new Shape(
          dtype.element(), dims.stream().mapToLong(d -> ((Size.Known) d).size()).toArray());
    }

    /// Returns `f32[n, 64]`.
    public String type() {
      return dims.isEmpty()
          ? dtype.text()
          : dtype.text()
              + dims.stream().map(Size::text).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /// The size of an axis.
  public sealed interface Size {
    /// A number.
    record Known(long size) implements Size {}

    /// A name to which each call assigns a number.
    record Named(String name) implements Size {}

    /// Anything else, such as `2 * n`: sums, products, quotients rounded down, `max` and `min`.
    record Computed(String text) implements Size {
      /// @throws IllegalArgumentException if the text is none of them
      public Computed {
        SizeExpression.parse(text);
      }

      /// Returns the names that it is computed from.
      public Set<String> names() {
        return SizeExpression.parse(text).names();
      }

      /// Returns its number, given those of its names; absent if it is not a size: negative, too
      /// large or divided by zero.
      public OptionalLong value(Map<String, Long> sizes) {
        OptionalLong value = SizeExpression.parse(text).value(sizes);
        return value.isPresent() && value.getAsLong() >= 0 ? value : OptionalLong.empty();
      }
    }

    /// Returns it as it is written.
    default String text() {
      return switch (this) {
        case Known(long size) -> Long.toString(size);
        case Named(String name) -> name;
        case Computed(String text) -> text;
      };
    }
  }

  /// Returns the leaves that a caller passes, in order.
  public List<Leaf> parameters() {
    return inputs.stream().filter(i -> i.weight().isEmpty()).toList();
  }

  /// Returns whether it is compiled for each combination of sizes.
  public boolean generic() {
    return !inputs.stream().allMatch(Leaf::fixed);
  }

  /// Returns the names of its sizes, in the order in which they are first used.
  public Set<String> sizes() {
    var names = new LinkedHashSet<String>();
    for (Leaf leaf : inputs) {
      for (Size size : leaf.dims()) {
        switch (size) {
          case Size.Known _ -> {}
          case Size.Named(String n) -> names.add(n);
          case Size.Computed computed -> names.addAll(computed.names());
        }
      }
    }
    return names;
  }

  /// Returns `f32[2, 3]`, as the language writes a shape.
  public static String text(Shape shape) {
    return DType.of(shape.elementType()).map(d -> d.text(shape.dims())).orElseGet(shape::toString);
  }
}
