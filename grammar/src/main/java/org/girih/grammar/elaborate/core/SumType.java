package org.girih.grammar.elaborate.core;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.girih.grammar.ast.Item;

/// A type whose values have one of several forms, at its place; compared by identity.
///
/// ```
/// type Shape = circle(f32) | box(f32[2])
/// ```
public final class SumType {
  private final Item.SumDef def;
  private final FileScope file;
  private final int position;

  public SumType(Item.SumDef def, FileScope file, int position) {
    this.def = def;
    this.file = file;
    this.position = position;
  }

  public Item.SumDef def() {
    return def;
  }

  public String name() {
    return def.name();
  }

  /// Returns what its types see.
  public Scope scope() {
    return Scope.of(file, position);
  }

  /// Returns the variant of a number.
  public Item.Variant variant(int number) {
    return def.variants().get(number);
  }

  /// Returns the number of a variant.
  public OptionalInt number(String name) {
    return IntStream.range(0, def.variants().size())
        .filter(i -> variant(i).name().equals(name))
        .findFirst();
  }

  /// Returns the names of its variants.
  public List<String> variants() {
    return def.variants().stream().map(Item.Variant::name).toList();
  }

  /// Returns what a variant's name means: a value, or a function of what it holds.
  public Val value(int number) {
    return variant(number).payload().isEmpty()
        ? Val.Sum.of(this, number, Val.Tuple.of())
        : new Val.VariantFn(this, number);
  }
}
