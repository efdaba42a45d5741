package org.girih.host.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.status.PjrtException;

/// Brings arrays from the slots to the host, and back.
///
/// @param machine whose devices hold what is in the slots; null for a plan without arrays
record Transfers(Slots slots, Machine machine, Profile profile) {
  /// Returns what a slot holds.
  HostArray array(int slot) {
    try (var _ = profile.begin(Profile.Phase.TRANSFER, "to the host")) {
      var shape = slots.get(slot).shape();
      return new HostArray(
          RuntimeShapes.dtype(shape.elementType()),
          shape.dims(),
          slots.get(slot).toHost(Arena.ofAuto()));
    }
  }

  /// Returns an array of a tree, with the type that the program gives it.
  HostArray array(Tree.Leaf leaf) {
    var data = array(leaf.slot()).data();
    return new HostArray(leaf.type().dtype(), leaf.type().sizes(), data);
  }

  List<HostArray> arrays(List<Integer> which) {
    return which.stream().map(this::array).toList();
  }

  /// Returns a condition.
  boolean truth(int slot) {
    return slots.get(slot).toHost(Arena.ofAuto()).get(ValueLayout.JAVA_BYTE, 0) != 0;
  }

  /// Returns an end of a range.
  int number(Tree tree) {
    return tree instanceof Tree.Leaf leaf
        ? slots.get(leaf.slot()).toHost(Arena.ofAuto()).get(ValueLayout.JAVA_INT, 0)
        : ((Tree.Int) tree).value().intValueExact();
  }

  /// Sets a slot to what the host has.
  void put(int slot, MemorySegment data, ArrayType type) throws RunProblem {
    try (var _ = profile.begin(Profile.Phase.TRANSFER, "to the device")) {
      slots.put(slot, machine.load(slot, data, RuntimeShapes.of(type)));
    } catch (PjrtException e) {
      throw new RunProblem(Machine.failed(e));
    }
  }

  /// Sets a slot to a number.
  void put(int slot, int number) throws RunProblem {
    put(slot, MemorySegment.ofArray(new int[] {number}), ArrayType.scalar(DType.I32));
  }

  void put(int slot, HostArray array) throws RunProblem {
    put(slot, array.data(), ArrayType.of(array.dtype(), array.dims()));
  }

  /// Sets the slots of a tree to arrays by their paths in it.
  ///
  /// @param at where the program asks for them; null if something else does
  /// @param name of what holds them, for messages
  void put(SortedMap<String, HostArray> arrays, Tree tree, Span at, String name) throws RunProblem {
    var leaves = new TreeMap<String, Tree.Leaf>();
    tree.leaves("", leaves::put);
    for (var leaf : leaves.entrySet()) {
      String path = leaf.getKey();
      String shown = path.isEmpty() ? name : name + ": " + path;
      put(arrays.get(path), leaf.getValue(), at, shown);
    }
  }

  private void put(HostArray array, Tree.Leaf leaf, Span at, String name) throws RunProblem {
    boolean fits = array != null && ArrayType.of(array.dtype(), array.dims()).equals(leaf.type());
    if (!fits) {
      String message =
          "`"
              + name
              + "` holds "
              + (array == null ? "no such array" : array.typeText())
              + ", not "
              + leaf.type();
      throw new RunProblem(
          at == null
              ? Diagnostic.error(Code.FILE_DIFFERS, message)
              : Diagnostic.error(Code.FILE_DIFFERS, at, message));
    }
    put(leaf.slot(), array.data(), leaf.type());
  }
}
