package org.girih.embed;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.girih.grammar.plan.Callable;
import org.girih.host.run.RuntimeShapes;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.runtime.artifact.DType;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.artifact.Signature.Size;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.pjrt.Shape;

/// Types of the compiler as the runtime's, and back.
public final class Leaves {
  private Leaves() {}

  /// Returns a type of the compiler as a leaf of a signature.
  public static Leaf leaf(String path, ArrayType type, boolean key, OptionalInt weight) {
    DType dtype = RuntimeShapes.runtime(type.dtype());
    return new Leaf(path, dtype, type.dims().stream().map(Leaves::size).toList(), key, weight);
  }

  private static Size size(Dim dim) {
    return switch (dim) {
      case Dim.Known(long size) -> new Size.Known(size);
      case Dim.Poly poly -> {
        String text = poly.toString();
        boolean name = text.chars().allMatch(Character::isJavaIdentifierPart);
        yield name ? new Size.Named(text) : new Size.Computed(text);
      }
    };
  }

  static ArrayType type(Shape shape) {
    return ArrayType.of(RuntimeShapes.dtype(shape.elementType()), shape.dims());
  }

  static ArrayType type(DeviceArray array) {
    return ArrayType.of(RuntimeShapes.dtype(array.dtype()), array.dims());
  }

  static Shape shape(ArrayType type) {
    return RuntimeShapes.of(type);
  }

  /// Passes on the arrays of a type with their paths, in the order of the program's inputs and
  /// results: the fields of records by name.
  static void each(Callable.Type type, String path, BiConsumer<String, Callable.Type.Array> leaf) {
    switch (type) {
      case Callable.Type.Array array -> leaf.accept(path, array);
      case Callable.Type.Tuple(var items) -> {
        for (int i = 0; i < items.size(); i++) {
          each(items.get(i), join(path, Integer.toString(i)), leaf);
        }
      }
      case Callable.Type.Record(_, var fields) ->
          fields.keySet().stream()
              .sorted()
              .forEach(name -> each(fields.get(name), join(path, name), leaf));
    }
  }

  static List<Leaf> of(Callable.Type type, String path) {
    var leaves = new ArrayList<Leaf>();
    each(type, path, (p, a) -> leaves.add(leaf(p, a.type(), a.key(), OptionalInt.empty())));
    return leaves;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
