package org.girih.host.run;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.girih.runtime.pjrt.ShardedArray;

/// The arrays of a plan that is being run, by the numbers of their slots. Several slots may hold
/// the same one; it goes with the last of them.
final class Slots implements AutoCloseable {
  private final ShardedArray[] arrays;
  private final Map<ShardedArray, Integer> holders = new IdentityHashMap<>();

  Slots(int count) {
    this.arrays = new ShardedArray[count];
  }

  ShardedArray get(int slot) {
    return arrays[slot];
  }

  List<ShardedArray> get(List<Integer> slots) {
    return slots.stream().map(this::get).toList();
  }

  /// Returns whether more slots than one hold an array.
  boolean shared(ShardedArray array) {
    return holders.get(array) > 1;
  }

  /// Sets a slot, or frees it for null.
  void put(int slot, ShardedArray array) {
    if (array != null) {
      holders.merge(array, 1, Integer::sum);
    }
    ShardedArray before = arrays[slot];
    arrays[slot] = array;
    if (before != null) {
      drop(before);
    }
  }

  /// Sets slots to what others hold, all at once.
  void move(List<Integer> from, List<Integer> to) {
    List<ShardedArray> values = get(from);
    // A value that only its old slot holds must outlive what takes that slot before it has its own.
    values.forEach(value -> holders.merge(value, 1, Integer::sum));
    for (int i = 0; i < values.size(); i++) {
      put(to.get(i), values.get(i));
    }
    values.forEach(this::drop);
  }

  private void drop(ShardedArray array) {
    if (holders.merge(array, -1, Integer::sum) == 0) {
      holders.remove(array);
      array.close();
    }
  }

  @Override
  public void close() {
    holders.keySet().forEach(ShardedArray::close);
  }
}
