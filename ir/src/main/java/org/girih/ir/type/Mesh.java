package org.girih.ir.type;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The devices of a program as a grid with named axes: `mesh (data = 4, model = 2)`. Device numbers
/// count row-major, the last axis fastest.
///
/// @param axes in the order in which they were written; none for a program on one device
public record Mesh(List<Axis> axes) {
  /// One axis of the grid.
  public record Axis(String name, long size) {}

  /// The mesh of a program that has none: one device.
  public static final Mesh NONE = new Mesh(List.of());

  public Mesh {
    axes = List.copyOf(axes);
  }

  /// Returns how many devices there are.
  public long devices() {
    return axes.stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
  }

  /// Returns the sizes of the axes.
  public List<Long> sizes() {
    return axes.stream().map(Axis::size).toList();
  }

  /// Returns the axis of that name.
  public OptionalInt find(String name) {
    return IntStream.range(0, axes.size()).filter(i -> axes.get(i).name().equals(name)).findFirst();
  }

  /// Returns `(data = 4, model = 2)`, as the language writes it.
  @Override
  public String toString() {
    return axes.stream()
        .map(a -> a.name() + " = " + a.size())
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
