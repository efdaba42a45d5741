package org.girih.grammar.plan;

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

  /// One thing that the host does; in order.
  public sealed interface Step {
    /// Compiles (once) and runs an entry of the program.
    ///
    /// @param entry its number in [Program#entries]
    /// @param inputs slots of its parameters, in order
    /// @param outputs slots of its results, in order
    record Run(int entry, List<Integer> inputs, List<Integer> outputs) implements Step {}

    /// Reads a file whose contents must have these types.
    ///
    /// @param path as written; relative to the source's folder
    record Load(Span at, String path, Tree tree) implements Step {}

    /// Takes an argument of `--arg`.
    record Argument(String name, Tree tree) implements Step {}

    /// Prints a line: pieces without separator, then a line break.
    record Print(Span at, List<Piece> pieces) implements Step {}

    /// Writes a file, in the format that the suffix of its path selects.
    record Save(Span at, String path, Tree tree) implements Step {}

    /// Draws curves (arrays of rank 1), an image (2, or 3 with 3 or 4 colours) or a grid of images.
    record Plot(Span at, String path, Tree tree) implements Step {}

    /// Ends the run unless the value, a scalar `bool`, is true.
    record Assert(Span at, Tree condition) implements Step {}

    /// Sets slots to what others hold, all at once.
    record Move(List<Integer> from, List<Integer> to) implements Step {}

    /// Frees slots that nothing reads any more; what another slot holds too stays there.
    record Release(List<Integer> slots) implements Step {}

    /// Does steps repeatedly.
    ///
    /// @param carry the slots that each iteration sets for the next: what a checkpoint keeps
    record Loop(Span at, Times times, List<Integer> carry, List<Step> body) implements Step {}

    /// Ends the innermost loop unless the slot holds true.
    record BreakUnless(int condition) implements Step {}

    /// Does the one steps or the other.
    record Choice(int condition, List<Step> then, List<Step> otherwise) implements Step {}

    /// The result of `--entry`.
    record Result(Tree tree) implements Step {}
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
        case Int _, Real _, Bool _, Text _, Symbol _ -> {}
      }
    }

    private static String join(String path, String name) {
      return path.isEmpty() ? name : path + "." + name;
    }
  }
}
