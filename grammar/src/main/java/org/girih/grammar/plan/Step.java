package org.girih.grammar.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.plan.HostPlan.Piece;
import org.girih.grammar.plan.HostPlan.Times;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// One thing that the host does; in order. A step says which slots it touches and what it does to
/// the world outside, so that what walks over a plan need not know its kind.
public sealed interface Step {
  /// Returns the slots that it reads, itself or between its blocks.
  default List<Integer> reads() {
    return List.of();
  }

  /// Returns the slots that it sets.
  default List<Integer> writes() {
    return List.of();
  }

  /// Returns the steps inside of it.
  default List<List<Step>> blocks() {
    return List.of();
  }

  /// Returns the steps and all that are inside of them, each before those inside of it.
  static Stream<Step> all(List<Step> steps) {
    return steps.stream()
        .flatMap(step -> Stream.concat(Stream.of(step), step.blocks().stream().flatMap(Step::all)));
  }

  /// Returns those of a kind.
  static <S extends Step> Stream<S> all(List<Step> steps, Class<S> kind) {
    return all(steps).filter(kind::isInstance).map(kind::cast);
  }

  /// Is done once, and the next step follows; the other kinds decide which steps are done.
  sealed interface Plain extends Step {
    /// Returns the arrays that it brings from the host.
    default List<Tree.Leaf> arrivals() {
      return List.of();
    }

    @Override
    default List<Integer> writes() {
      return arrivals().stream().map(Tree.Leaf::slot).toList();
    }
  }

  /// Shows or writes something outside. A resumed run, which does again what precedes its loop,
  /// leaves it out.
  sealed interface Effect extends Plain {
    Span at();

    /// Returns the path of the file that it writes, relative to the source's folder.
    default Optional<String> file() {
      return Optional.empty();
    }

    /// Returns whether it draws that file.
    default boolean draws() {
      return false;
    }
  }

  /// Takes a value that is known by a name outside of the program, or gives it there.
  sealed interface Border extends Plain {
    /// Returns the name; empty for a result.
    String name();

    Tree tree();
  }

  /// Compiles (once) and runs an entry of the program.
  ///
  /// @param entry its number in [org.girih.ir.program.Program#entries]
  /// @param inputs slots of its parameters, in order
  /// @param outputs slots of its results, in order
  record Run(int entry, List<Integer> inputs, List<Integer> outputs) implements Plain {
    @Override
    public List<Integer> reads() {
      return inputs;
    }

    @Override
    public List<Integer> writes() {
      return outputs;
    }
  }

  /// Reads a file whose contents must have these types.
  ///
  /// @param path as written; relative to the source's folder
  record Load(Span at, String path, Tree tree) implements Border {
    @Override
    public String name() {
      return path;
    }

    @Override
    public List<Tree.Leaf> arrivals() {
      return tree.leaves();
    }
  }

  /// Takes an argument of `--arg`.
  record Argument(String name, Tree tree) implements Border {
    @Override
    public List<Tree.Leaf> arrivals() {
      return tree.leaves();
    }
  }

  /// Sets a slot to the time at this moment: seconds, an `f64`.
  record Clock(int slot) implements Plain {
    @Override
    public List<Tree.Leaf> arrivals() {
      return List.of(new Tree.Leaf(slot, ArrayType.scalar(DType.F64)));
    }
  }

  /// Prints a line: pieces without separator, then a line break.
  record Print(Span at, List<Piece> pieces) implements Effect {
    @Override
    public List<Integer> reads() {
      return Piece.slots(pieces);
    }
  }

  /// Writes a file, in the format that the suffix of its path selects.
  ///
  /// @param path its last piece is text
  record Save(Span at, List<Piece> path, Tree tree) implements Effect {
    @Override
    public List<Integer> reads() {
      var out = new ArrayList<>(Piece.slots(path));
      out.addAll(tree.slots());
      return out;
    }

    @Override
    public Optional<String> file() {
      return Piece.fixed(path);
    }

    @Override
    public boolean draws() {
      return Piece.end(path).endsWith(".png");
    }
  }

  /// Draws curves (arrays of rank 1), an image (2, or 3 with 3 or 4 colours) or a grid of images.
  ///
  /// @param path its last piece is text
  record Plot(Span at, List<Piece> path, Tree tree) implements Effect {
    @Override
    public List<Integer> reads() {
      var out = new ArrayList<>(Piece.slots(path));
      out.addAll(tree.slots());
      return out;
    }

    @Override
    public Optional<String> file() {
      return Piece.fixed(path);
    }

    @Override
    public boolean draws() {
      return true;
    }
  }

  /// Ends the run unless the value, a scalar `bool`, is true.
  ///
  /// @param message what is reported then; empty for the condition's text
  /// @param sides the two values that the condition compares, if it compares two
  /// @param equal whether they are to be equal, or nearly so
  record Assert(Span at, Tree condition, List<Piece> message, List<Tree> sides, boolean equal)
      implements Plain {
    @Override
    public List<Integer> reads() {
      var out = new ArrayList<>(condition.slots());
      out.addAll(Piece.slots(message));
      sides.forEach(side -> out.addAll(side.slots()));
      return out;
    }
  }

  /// Sets slots to what others hold, all at once.
  record Move(List<Integer> from, List<Integer> to) implements Plain {
    @Override
    public List<Integer> reads() {
      return from;
    }

    @Override
    public List<Integer> writes() {
      return to;
    }
  }

  /// Frees slots that nothing reads any more; what another slot holds too stays there.
  record Release(List<Integer> slots) implements Plain {}

  /// The result of `--entry`, which is read once all steps are done.
  record Result(Tree tree) implements Border {
    @Override
    public String name() {
      return "";
    }

    @Override
    public List<Integer> reads() {
      return tree.slots();
    }
  }

  /// Does steps repeatedly.
  ///
  /// @param carry the slots that each iteration sets for the next: what a checkpoint keeps
  record Loop(Span at, Times times, List<Integer> carry, List<Step> body) implements Step {
    /// A checkpoint reads the carry of a counted loop, between its iterations.
    @Override
    public List<Integer> reads() {
      return switch (times) {
        case Times.Counted(_, Tree from, Tree to) ->
            Stream.of(from.slots(), to.slots(), carry).flatMap(List::stream).toList();
        case Times.Forever() -> List.of();
      };
    }

    @Override
    public List<List<Step>> blocks() {
      return List.of(body);
    }
  }

  /// Ends the innermost loop unless the slot holds true.
  record BreakUnless(int condition) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of(condition);
    }
  }

  /// Does the one steps or the other.
  record Choice(int condition, List<Step> then, List<Step> otherwise) implements Step {
    @Override
    public List<Integer> reads() {
      return List.of(condition);
    }

    @Override
    public List<List<Step>> blocks() {
      return List.of(then, otherwise);
    }
  }
}
