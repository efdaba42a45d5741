package org.girih.grammar.elaborate.expression;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.OptionalLong;
import org.girih.grammar.elaborate.core.Affine;
import org.girih.grammar.elaborate.core.Axes;
import org.girih.grammar.elaborate.core.Indices;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Symbol;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.elaborate.expression.Subscripts.Sub;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;

/// Finds which keys an index chooses: what its entries state of the positions along each axis.
final class KeyIndex {
  private final KeyUse keys;
  private final ArrayType type;
  private final HashMap<Symbol, Affine> positions = new HashMap<>();
  private final ArrayList<Symbol.Axis> left = new ArrayList<>();

  private KeyIndex(Val.Array keys) {
    this.keys = keys.key();
    this.type = keys.type();
  }

  /// @param chosen the type of the keys that are chosen
  /// @param subs the entries, without that of the words
  static KeyUse of(Val.Array keys, ArrayType chosen, List<Sub> subs, String written) {
    var index = new KeyIndex(keys);
    boolean rows = subs.stream().anyMatch(Sub.Rows.class::isInstance);
    boolean plain =
        subs.stream().allMatch(s -> s instanceof Sub.Rows || s instanceof Sub.Range)
            && subs.stream().filter(Sub.Rows.class::isInstance).count() == 1
            && chosen.rank() == keys.rank();
    if (rows && !plain) {
      // Arrays as indices may choose any keys, and one more than once.
      for (int axis = 0; axis < keys.rank() - 1; axis++) {
        index.positions.put(
            index.keys.axes().get(axis),
            Affine.read(Affine.of(Symbol.Unknown.any()), index.size(axis), 1, ""));
      }
      return index.keys.index(index.positions, Axes.of(chosen), written);
    }
    int axis = 0;
    for (Sub sub : subs) {
      if (sub instanceof Sub.NewAxis) {
        index.left.add(new Symbol.Axis(OptionalLong.of(1)));
      } else {
        index.entry(sub, axis++);
      }
    }
    return index.keys.index(index.positions, index.left, written);
  }

  private OptionalLong size(int axis) {
    return type.dim(axis).known();
  }

  private void entry(Sub sub, int axis) {
    Symbol own = keys.axes().get(axis);
    positions.put(
        own,
        switch (sub) {
          case Sub.Fixed(Dim position) -> number(position);
          case Sub.Moving(_, var written, var at) ->
              Affine.read(Indices.of(written), size(axis), 1, at.text());
          case Sub.Range(Dim start, Dim count, long stride) ->
              number(start).plus(Affine.of(kept(count)).times(stride));
          case Sub.Window(_, Dim count, var written, var at) -> {
            long width = count.known().orElse(0);
            Affine start =
                Affine.read(Indices.of(written), size(axis), Math.max(width, 1), at.text());
            yield start.plus(Affine.of(kept(count)));
          }
          case Sub.Rows(_, var written, var at) -> {
            Symbol.Axis along = kept(written.type().dim(0));
            yield Affine.read(Indices.element(written, Affine.of(along)), size(axis), 1, at.text());
          }
          case Sub.NewAxis _ -> throw new IllegalStateException();
        });
  }

  private Symbol.Axis kept(Dim count) {
    var axis = new Symbol.Axis(count.known());
    left.add(axis);
    return axis;
  }

  /// A static position; the same size is the same number.
  private static Affine number(Dim position) {
    return position.known().isPresent()
        ? Affine.of(position.known().getAsLong())
        : Affine.of(new Symbol.Unknown(position, 0, 0));
  }
}
