package org.girih.runtime.host;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.artifact.Signature.Size;
import org.girih.runtime.pjrt.Shape;

/// The numbers that the size names of a function have in one call. An array of the device has its
/// sizes; one of the host only tells how many elements it has, from which one unknown name is
/// found: 192 elements of `f32[n, 64]` make n = 3. A size such as `n + 1` follows from its names.
public final class CallSizes {
  private final Signature signature;
  private final Map<String, Long> known = new LinkedHashMap<>();

  CallSizes(Signature signature) {
    this.signature = signature;
  }

  /// Returns the names that a call with arrays of the host must be told, in order: those that their
  /// lengths do not determine. None if all parameters have numbers.
  ///
  /// @param device the parameters that come from the device, whose sizes are known
  public static List<String> unsolved(Signature signature, Predicate<Leaf> device) {
    var known = new LinkedHashSet<String>();
    for (Leaf leaf : signature.parameters()) {
      for (Size size : leaf.dims()) {
        if (device.test(leaf) && size instanceof Size.Named(String name)) {
          known.add(name);
        }
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (Leaf leaf : signature.parameters()) {
        var open = open(leaf, known);
        more |= open.size() == 1 && known.add(open.iterator().next());
      }
    }
    var rest = new LinkedHashSet<String>();
    signature.parameters().stream()
        .filter(device.negate())
        .forEach(leaf -> leaf.dims().forEach(size -> rest.addAll(names(size))));
    rest.removeAll(known);
    return List.copyOf(rest);
  }

  /// Returns the names of a leaf that are not known; more than one where a length would not tell.
  private static Set<String> open(Leaf leaf, Set<String> known) {
    var open = new LinkedHashSet<String>();
    for (Size size : leaf.dims()) {
      boolean told =
          switch (size) {
            case Size.Known _ -> true;
            case Size.Named(String name) -> known.contains(name) || open.add(name);
            case Size.Computed computed -> known.containsAll(computed.names());
          };
      if (!told) {
        return Set.of("", " ");
      }
    }
    return open;
  }

  /// Takes a size that the caller states.
  void set(String name, long size) {
    if (!signature.sizes().contains(name)) {
      throw new IllegalArgumentException("`" + signature.name() + "` has no size " + name);
    }
    if (size < 0) {
      throw new IllegalArgumentException("the size " + name + " is " + size);
    }
    known.put(name, size);
  }

  /// Holds an array's shape against its parameter; names that are not known get their number.
  void meet(Leaf leaf, Shape given) {
    List<Size> dims = leaf.dims();
    boolean fits = given.elementType() == leaf.dtype().element() && given.rank() == dims.size();
    for (int i = 0; fits && i < dims.size(); i++) {
      long actual = given.dim(i);
      fits =
          switch (dims.get(i)) {
            case Size.Known(long size) -> size == actual;
            case Size.Named(String name) -> {
              Long before = known.putIfAbsent(name, actual);
              yield before == null || before == actual;
            }
            case Size.Computed _ -> true;
          };
    }
    if (!fits) {
      throw wrong(leaf, Signature.text(given));
    }
  }

  /// Finds the one name of a leaf that is not known, if there is just one.
  ///
  /// @param elements how many there are
  /// @return whether all its names are known now
  boolean solve(Leaf leaf, long elements, String given) {
    Set<String> open = open(leaf, known.keySet());
    if (open.size() == 1) {
      String name = open.iterator().next();
      long others = 1;
      for (Size size : leaf.dims()) {
        long factor =
            switch (size) {
              case Size.Known(long number) -> number;
              case Size.Named(String n) -> n.equals(name) ? 1 : known.get(n);
              case Size.Computed computed -> computed(leaf, computed);
            };
        if (factor != 0 && others > Long.MAX_VALUE / factor) {
          throw wrong(leaf, given);
        }
        others *= factor;
      }
      if (others == 0 || elements % others != 0) {
        throw wrong(leaf, given);
      }
      known.put(name, elements / others);
      return true;
    }
    return open.isEmpty();
  }

  /// Returns the shape of a leaf whose names are known.
  Shape shape(Leaf leaf) {
    long[] dims = new long[leaf.dims().size()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] =
          switch (leaf.dims().get(i)) {
            case Size.Known(long size) -> size;
            case Size.Named(String name) -> size(leaf, name);
            case Size.Computed computed -> computed(leaf, computed);
          };
    }
    return new Shape(leaf.dtype().element(), dims);
  }

  private long computed(Leaf leaf, Size.Computed size) {
    size.names().forEach(name -> size(leaf, name));
    return size.value(known)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "parameter `%s` of `%s`: %s is not a size where %s"
                        .formatted(leaf.path(), signature.name(), size.text(), where(leaf))));
  }

  private long size(Leaf leaf, String name) {
    Long size = known.get(name);
    if (size == null) {
      throw new IllegalArgumentException(
          "parameter `"
              + leaf.path()
              + "` of `"
              + signature.name()
              + "`: the size "
              + name
              + " is not found from the lengths; say it, or give a DeviceArray");
    }
    return size;
  }

  /// Returns what to throw for an argument that does not fit.
  ArgumentException wrong(Leaf leaf, String given) {
    String where = where(leaf);
    return new ArgumentException(
        signature.name(),
        leaf.path(),
        leaf.type() + (where.isEmpty() ? "" : " with " + where),
        given);
  }

  /// Returns the sizes of a leaf that are known, as `n = 3, m = 4`.
  private String where(Leaf leaf) {
    return leaf.dims().stream()
        .flatMap(size -> names(size).stream())
        .filter(known::containsKey)
        .distinct()
        .map(name -> name + " = " + known.get(name))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> names(Size size) {
    return switch (size) {
      case Size.Known _ -> Set.of();
      case Size.Named(String name) -> Set.of(name);
      case Size.Computed computed -> computed.names();
    };
  }
}
