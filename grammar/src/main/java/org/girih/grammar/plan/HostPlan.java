package org.girih.grammar.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import org.girih.ir.program.Program;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Mesh;

/// A file, elaborated: the program that the device runs and the steps of the host around it.
///
/// Values of the run time that live between steps have *slots*, numbered from 0. What is between
/// two effects is one entry of the program, run by one [Step.Run]. For
///
/// ```
/// let x = load("x.npy")
/// print(sum(x), x * 2)
/// ```
///
/// the steps are `Load x.npy → slot 0`, `Run main: slot 0 → slots 1, 2`, `Release slot 0`,
/// `Print slot 1, slot 2`.
///
/// @param slots how many there are
/// @param mesh the devices that it runs on
public record HostPlan(Program program, List<Step> steps, int slots, Mesh mesh) {
  public HostPlan {
    steps = List.copyOf(steps);
  }

  /// The same steps around another program.
  public HostPlan with(Program other) {
    return new HostPlan(other, steps, slots, mesh);
  }

  /// Returns whether its steps hold arrays: without any it needs no device.
  public boolean holdsArrays() {
    return Step.all(steps)
        .anyMatch(
            step ->
                step instanceof Step.Run
                    || !step.reads().isEmpty()
                    || !step.writes().isEmpty()
                    || !step.blocks().isEmpty());
  }

  /// The number of iterations of a loop.
  public sealed interface Times {
    /// For each number from `from` up to, not including, `to`, both `i32`; it is in the slot.
    record Counted(int slot, Tree from, Tree to) implements Times {}

    /// Until a [Step.BreakUnless] ends it.
    record Forever() implements Times {}
  }

  /// A piece of what is printed.
  public sealed interface Piece {
    record Text(String text) implements Piece {}

    /// A value as NumPy prints it, or, with a format, as Python's `format` does.
    record Shown(Span at, Tree tree, Optional<String> format) implements Piece {}

    /// Returns the same pieces with texts that follow each other, static values among them, as one.
    static List<Piece> joined(List<Piece> pieces) {
      var out = new ArrayList<Piece>();
      for (Piece piece : pieces) {
        Optional<String> text = text(piece);
        if (text.isPresent() && !out.isEmpty() && out.getLast() instanceof Text(String before)) {
          out.set(out.size() - 1, new Text(before + text.get()));
        } else {
          out.add(text.<Piece>map(Text::new).orElse(piece));
        }
      }
      return List.copyOf(out);
    }

    private static Optional<String> text(Piece piece) {
      return switch (piece) {
        case Text(String text) -> Optional.of(text);
        case Shown(_, Tree.Text(String text), var format) when format.isEmpty() ->
            Optional.of(text);
        case Shown(_, Tree.Int(var value), var format) when format.isEmpty() ->
            Optional.of(value.toString());
        case Shown _ -> Optional.empty();
      };
    }

    /// Returns the text at the end of the pieces, which has the suffix of a path.
    static String end(List<Piece> pieces) {
      return !pieces.isEmpty() && pieces.getLast() instanceof Text(String text) ? text : "";
    }

    /// Returns what the pieces are, if nothing of it is left to the run.
    static Optional<String> fixed(List<Piece> pieces) {
      return pieces.size() == 1 && pieces.getFirst() instanceof Text(String text)
          ? Optional.of(text)
          : Optional.empty();
    }

    /// Returns the slots of what is shown.
    static List<Integer> slots(List<Piece> pieces) {
      var out = new ArrayList<Integer>();
      for (Piece piece : pieces) {
        if (piece instanceof Shown shown) {
          out.addAll(shown.tree().slots());
        }
      }
      return out;
    }
  }

  /// A value whose arrays are in slots.
  public sealed interface Tree {
    record Leaf(int slot, ArrayType type) implements Tree {}

    record Int(java.math.BigInteger value) implements Tree {}

    record Real(double value) implements Tree {}

    record Bool(boolean value) implements Tree {}

    record Text(String value) implements Tree {}

    /// A value that has only a name: `none`, `f32`, a function.
    record Symbol(String text) implements Tree {}

    record Tuple(List<Tree> items) implements Tree {}

    /// In name order.
    record Record(SortedMap<String, Tree> fields) implements Tree {}

    /// A value of a sum type.
    ///
    /// @param tag the number of its variant, an [Int] or a [Leaf]
    /// @param variants those that it may be, by number
    record Sum(Tree tag, SortedMap<Integer, Variant> variants) implements Tree {}

    /// A variant by its name, with what it holds.
    record Variant(String name, Tuple payload) {}

    /// Passes on the arrays with their dotted paths, in order.
    ///
    /// @param path that of this tree
    default void leaves(String path, BiConsumer<String, Leaf> leaf) {
      switch (this) {
        case Leaf l -> leaf.accept(path, l);
        case Tuple(var items) -> {
          for (int i = 0; i < items.size(); i++) {
            items.get(i).leaves(join(path, Integer.toString(i)), leaf);
          }
        }
        case Record(var fields) ->
            fields.forEach((name, field) -> field.leaves(join(path, name), leaf));
        case Sum(var tag, var variants) -> {
          tag.leaves(join(path, "tag"), leaf);
          variants.values().forEach(v -> v.payload().leaves(join(path, v.name()), leaf));
        }
        case Int _, Real _, Bool _, Text _, Symbol _ -> {}
      }
    }

    /// Returns the arrays, in order.
    default List<Leaf> leaves() {
      var out = new ArrayList<Leaf>();
      leaves("", (_, leaf) -> out.add(leaf));
      return out;
    }

    /// Returns the slots of the arrays, in order.
    default List<Integer> slots() {
      return leaves().stream().map(Leaf::slot).toList();
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }
}
