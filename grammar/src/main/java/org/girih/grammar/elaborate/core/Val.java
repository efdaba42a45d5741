package org.girih.grammar.elaborate.core;

import java.math.BigInteger;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import org.girih.grammar.ast.Expr;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// The value of an expression at compile time. Arrays are values of the IR under construction; all
/// else is static and gone when the program runs.
public sealed interface Val {
  /// An array of the run time.
  ///
  /// @param owner the function under construction that defines it
  /// @param guess whether its dtype is only a guess, since it represents a literal that a loop
  ///     carries: it takes the dtype that it meets, and the loop is elaborated again
  /// @param key what was done with it if it is a key, or an array of keys, whose last axis has
  ///     their two words; null for other arrays
  /// @param remake computes it again in the dtype that it meets, since it is made of literals
  ///     alone; null for other arrays
  record Array(FunctionTrace owner, Value value, boolean guess, KeyUse key, Remake remake)
      implements Val {
    public Array(FunctionTrace owner, Value value, boolean guess) {
      this(owner, value, guess, null, null);
    }

    /// The same bits as a key.
    public Array as(KeyUse use) {
      return new Array(owner, value, false, use, null);
    }

    /// The same array, made of literals alone.
    public Array by(Remake again) {
      return new Array(owner, value, false, key, again);
    }

    /// Returns whether it takes the dtype that it meets.
    public boolean weak() {
      return guess || remake != null;
    }

    public ArrayType type() {
      return value.type();
    }

    public DType dtype() {
      return value.type().dtype();
    }

    public int rank() {
      return value.type().rank();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Array a && owner == a.owner && value.id() == a.value.id();
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(owner) + value.id();
    }
  }

  /// An array's place in a skeleton (see [Trees]): its type without the array.
  record Hole(ArrayType type, boolean weak, boolean key) implements Val {
    public Hole(ArrayType type, boolean weak) {
      this(type, weak, false);
    }
  }

  /// A static number.
  sealed interface Num extends Val {}

  record Int(BigInteger value) implements Num {
    public static Int of(long value) {
      return new Int(BigInteger.valueOf(value));
    }
  }

  /// A size that is not a number: only while a def is checked for all sizes.
  record Size(Dim.Poly dim) implements Num {}

  record Real(double value) implements Num {}

  record Bool(boolean value) implements Val {}

  record Str(String value) implements Val {}

  /// `none` and `newaxis`.
  record None() implements Val {}

  /// `...`.
  record Dots() implements Val {}

  /// A dtype; called, it converts.
  record Type(DType dtype) implements Val {}

  record Tuple(List<Val> items) implements Val {
    public Tuple {
      items = List.copyOf(items);
    }

    public static Tuple of(Val... items) {
      return new Tuple(List.of(items));
    }
  }

  /// Fields in name order.
  record Record(SortedMap<String, Val> fields) implements Val {}

  /// A value of a sum type.
  ///
  /// @param tag the number of its variant: an [Int] where that is known now, else a scalar of the
  ///     run time (or its hole), of `i32`
  /// @param payloads what it holds as each variant that it may be, a tuple each, by number; what
  ///     the others hold is never looked at
  record Sum(SumType type, Val tag, SortedMap<Integer, Val> payloads) implements Val {
    /// Returns a value whose variant is known.
    public static Sum of(SumType type, int number, Val payload) {
      return new Sum(
          type, Int.of(number), new java.util.TreeMap<>(java.util.Map.of(number, payload)));
    }

    /// Returns the variant's number, if it is known now.
    public java.util.OptionalInt known() {
      return tag instanceof Int(var number)
          ? java.util.OptionalInt.of(number.intValue())
          : java.util.OptionalInt.empty();
    }
  }

  /// A variant that holds something, before it is made: `circle`.
  record VariantFn(SumType type, int number) implements Fn {
    @Override
    public String label() {
      return type.variant(number).name();
    }
  }

  /// Something that can be called.
  sealed interface Fn extends Val {
    /// Returns what messages call it.
    String label();
  }

  /// A def, with the file that it is in.
  record DefFn(Definition definition) implements Fn {
    @Override
    public String label() {
      return definition.name();
    }
  }

  /// A lambda with what it captured: a tree whose leaves are the captured arrays.
  record Closure(Code code, SequencedMap<String, Val> captured) implements Fn {
    @Override
    public String label() {
      return "lambda";
    }
  }

  /// A function made from another: `grad(f)`, `vmap(f, in_axes = 1)`.
  ///
  /// @param inner the function
  /// @param options what it was made with: static values, and for the linear maps of `vjp` and
  ///     `linearize` the place where they are taken
  record Made(Derived how, Val inner, Val options) implements Fn {
    @Override
    public String label() {
      return how.label();
    }

    public Val option(int i) {
      return ((Tuple) options).items().get(i);
    }
  }

  /// A module before it is made: `Dense`.
  record ModuleFn(ModuleDefinition definition) implements Fn {
    @Override
    public String label() {
      return definition.name();
    }
  }

  /// A module: `Dense(10)`.
  ///
  /// @param args what made it, a tuple
  record Module(ModuleDefinition definition, Val args, Instance instance) implements Fn {
    @Override
    public String label() {
      return definition.name();
    }
  }

  /// The identity of a module: two that were made alike are two.
  final class Instance {}

  /// A function of the compiler.
  record Builtin(Intrinsic intrinsic) implements Fn {
    @Override
    public String label() {
      return intrinsic.name();
    }
  }

  /// `random`, `tree`, an imported file.
  record Namespace(String name, SortedMap<String, Val> members) implements Val {}

  /// The value that a statement that failed has bound: whatever uses it fails silently.
  record Poison() implements Val {}

  /// A lambda's text, compared by identity, with the names that it uses from outside.
  final class Code {
    public final Expr.Lambda lambda;
    public final List<String> free;
    public final Scope scope;

    /// @param scope what the file shows where the lambda is
    Code(Expr.Lambda lambda, List<String> free, Scope scope) {
      this.lambda = lambda;
      this.free = free;
      this.scope = scope;
    }
  }

  None NONE = new None();
  Bool TRUE = new Bool(true);
  Bool FALSE = new Bool(false);

  static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /// A size as a static number.
  static Num of(Dim dim) {
    return switch (dim) {
      case Dim.Known(long size) -> Int.of(size);
      case Dim.Poly poly -> new Size(poly);
    };
  }
}
