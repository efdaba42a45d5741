package org.girih.runtime.host;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Arrays of the device by their paths, such as `params.Dense_0.kernel`: what `load` and `save` of
/// the language call them. A single array has the empty path.
public final class Tree implements AutoCloseable {
  private final Map<String, DeviceArray> arrays;

  private Tree(Map<String, DeviceArray> arrays) {
    this.arrays = arrays;
  }

  /// Returns a tree of these arrays, which it closes when it is closed.
  public static Tree of(Map<String, DeviceArray> arrays) {
    return new Tree(Collections.unmodifiableMap(new LinkedHashMap<>(arrays)));
  }

  /// Returns all arrays, in order.
  public Map<String, DeviceArray> arrays() {
    return arrays;
  }

  public Set<String> paths() {
    return arrays.keySet();
  }

  /// Returns the array at a path.
  ///
  /// @throws IllegalArgumentException if there is none
  public DeviceArray get(String path) {
    DeviceArray array = arrays.get(path);
    if (array == null) {
      throw new IllegalArgumentException("no array `" + path + "` in " + paths());
    }
    return array;
  }

  /// Returns the part below a path; its arrays are those of this tree.
  ///
  /// @throws IllegalArgumentException if there is none
  public Tree below(String path) {
    var part = new LinkedHashMap<String, DeviceArray>();
    arrays.forEach(
        (name, array) -> {
          if (name.equals(path)) {
            part.put("", array);
          } else if (name.startsWith(path + ".")) {
            part.put(name.substring(path.length() + 1), array);
          }
        });
    if (part.isEmpty()) {
      throw new IllegalArgumentException("nothing below `" + path + "` in " + paths());
    }
    return of(part);
  }

  /// Returns the same arrays one level deeper.
  public Tree under(String name) {
    var part = new LinkedHashMap<String, DeviceArray>();
    arrays.forEach((path, array) -> part.put(path.isEmpty() ? name : name + "." + path, array));
    return of(part);
  }

  /// Returns the arrays of both.
  ///
  /// @throws IllegalArgumentException if they share a path
  public Tree with(Tree other) {
    var all = new LinkedHashMap<>(arrays);
    other.arrays.forEach(
        (path, array) -> {
          if (all.putIfAbsent(path, array) != null) {
            throw new IllegalArgumentException("both trees have `" + path + "`");
          }
        });
    return of(all);
  }

  /// Closes all arrays.
  @Override
  public void close() {
    arrays.values().forEach(DeviceArray::close);
  }

  @Override
  public String toString() {
    return arrays.toString();
  }
}
