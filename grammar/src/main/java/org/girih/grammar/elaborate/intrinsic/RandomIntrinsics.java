package org.girih.grammar.elaborate.intrinsic;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.girih.grammar.elaborate.array.KeyArgument;
import org.girih.grammar.elaborate.array.Operators;
import org.girih.grammar.elaborate.array.Statics;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.KeyUse;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Broadcast;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.Constant;
import org.girih.ir.op.Convert;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Slice;
import org.girih.ir.op.Threefry2x32;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// The base of `random`: keys, and bits from them. A key is two words; bits and new keys are
/// Threefry's blocks of the counters 0, 1, 2, …, as JAX's (`jax_threefry_partitionable`).
final class RandomIntrinsics {
  private static final ArrayType KEY = ArrayType.of(DType.U32, 2);

  private RandomIntrinsics() {}

  static List<Intrinsic> all() {
    return List.of(
        Intrinsic.of("key(seed)", RandomIntrinsics::key),
        Intrinsic.of("split(key, num = 2)", RandomIntrinsics::split),
        Intrinsic.of("fold_in(key, data)", RandomIntrinsics::foldIn),
        Intrinsic.of("bits(key, shape = none, dtype = none)", RandomIntrinsics::bits),
        Intrinsic.of("key_data(key)", RandomIntrinsics::data),
        Intrinsic.of("wrap_key_data(data)", RandomIntrinsics::wrap));
  }

  /// The key whose words are 0 and the seed: static, or an integer of the run. A static seed beyond
  /// 32 bits fills both words.
  private static Val key(Elaboration e, Intrinsic.Args args) {
    if (args.get("seed") instanceof Val.Int(BigInteger seed)) {
      if (seed.bitLength() > 63) {
        throw e.fault(Code.LITERAL_DOES_NOT_FIT, args.span("seed"), "a seed has 64 bits");
      }
      long low = seed.longValue() & 0xffff_ffffL;
      boolean narrow = seed.bitLength() <= 32;
      long high = narrow ? 0 : seed.longValue() >>> 32;
      byte[] bytes = new byte[8];
      java.nio.ByteBuffer.wrap(bytes)
          .order(java.nio.ByteOrder.LITTLE_ENDIAN)
          .putInt((int) high)
          .putInt((int) low);
      return fresh(e, e.emit1(new Constant(Literal.dense(KEY, bytes))));
    }
    Val.Array seed = word(e, args, "seed");
    Val.Array zero = e.emit1(new Constant(Literal.of(ArrayType.scalar(DType.U32), 0)));
    return fresh(e, joined(e, List.of(zero, seed), List.of()));
  }

  /// An integer of the run as a word.
  private static Val.Array word(Elaboration e, Intrinsic.Args args, String name) {
    Val.Array x = Statics.array(e, args, name);
    if (x.rank() != 0 || !x.dtype().integer()) {
      throw e.fault(
          Code.BAD_DTYPE_FOR_OP,
          args.span(name),
          "`" + name + "` of `" + args.function() + "` is an integer, not " + x.type());
    }
    return x.dtype() == DType.U32 ? x : e.emit1(new Convert(DType.U32), x);
  }

  private static Val.Array fresh(Elaboration e, Val.Array bits) {
    return bits.as(KeyUse.in(e.trace(), bits.type()));
  }

  private static Val split(Elaboration e, Intrinsic.Args args) {
    Val.Array key = KeyArgument.one(e, args);
    List<Dim> dims = Statics.shape(e, args, "num");
    key.key().use(e, args.at());
    e.at(args.at());
    return fresh(e, joined(e, blocks(e, key, dims), dims));
  }

  /// The block of the counter (0, data) is the new key.
  private static Val foldIn(Elaboration e, Intrinsic.Args args) {
    Val.Array key = KeyArgument.one(e, args);
    Val.Array data =
        args.get("data") instanceof Val.Int(BigInteger value)
            ? e.emit1(
                new Constant(
                    Literal.of(
                        ArrayType.scalar(DType.U32), value.and(BigInteger.valueOf(0xffff_ffffL)))))
            : word(e, args, "data");
    key.key().fold(e, args.at());
    e.at(args.at());
    Val.Array zero = e.emit1(new Constant(Literal.of(ArrayType.scalar(DType.U32), 0)));
    List<Val.Array> words =
        e.emit(new Threefry2x32(), List.of(half(e, key, 0), half(e, key, 1), zero, data));
    return fresh(e, joined(e, words, List.of()));
  }

  /// The key that a number is folded into the words of another.
  static Val.Array folded(Elaboration e, Val.Array words, long data) {
    ArrayType word = ArrayType.scalar(DType.U32);
    Val.Array zero = e.emit1(new Constant(Literal.of(word, 0)));
    Val.Array number = e.emit1(new Constant(Literal.of(word, data)));
    var out =
        e.emit(new Threefry2x32(), List.of(half(e, words, 0), half(e, words, 1), zero, number));
    return fresh(e, joined(e, out, List.of()));
  }

  /// 32 bits are the xor of a block's words, 64 bits both, fewer the low ones.
  private static Val bits(Elaboration e, Intrinsic.Args args) {
    Val.Array key = KeyArgument.one(e, args);
    List<Dim> dims =
        args.get("shape") instanceof Val.None ? List.of() : Statics.shape(e, args, "shape");
    DType dtype = ShapeIntrinsics.dtypeOr(e, args, DType.U32);
    if (dtype.kind() != DType.Kind.UNSIGNED || dtype.bits() < 8) {
      throw e.fault(
          Code.BAD_DTYPE_FOR_OP,
          args.span("dtype"),
          "bits are u8, u16, u32 or u64, not " + dtype.text());
    }
    key.key().use(e, args.at());
    e.at(args.at());
    List<Val.Array> words = blocks(e, key, dims);
    if (dtype != DType.U64) {
      Val.Array mixed = e.emit1(Bits.XOR, words.get(0), words.get(1));
      return dtype == DType.U32 ? mixed : e.emit1(new Convert(dtype), mixed);
    }
    Val.Array high = e.emit1(new Convert(DType.U64), words.get(0));
    Val.Array low = e.emit1(new Convert(DType.U64), words.get(1));
    Val.Array shifted = e.emit1(Bits.SHIFT_LEFT, high, Operators.fill(e, high, 32));
    return e.emit1(Bits.OR, shifted, low);
  }

  private static Val data(Elaboration e, Intrinsic.Args args) {
    Val.Array keys = KeyArgument.any(e, args);
    return new Val.Array(keys.owner(), keys.value(), false);
  }

  private static Val wrap(Elaboration e, Intrinsic.Args args) {
    Val.Array data = Statics.array(e, args, "data");
    boolean fits =
        data.dtype() == DType.U32
            && data.rank() > 0
            && data.type().dim(data.rank() - 1).equals(Dim.of(2));
    if (!fits) {
      throw e.fault(
          Code.WRONG_ARGUMENTS, args.span("data"), "a key is u32[…, 2], not " + data.type());
    }
    return fresh(e, data);
  }

  /// Threefry's blocks of the counters 0, 1, 2, … in row-major order.
  private static List<Val.Array> blocks(Elaboration e, Val.Array key, List<Dim> dims) {
    Val.Array counter =
        dims.size() == 1
            ? e.emit1(new Iota(DType.U32, dims, 0))
            : e.emit1(
                new Reshape(dims),
                e.emit1(
                    new Iota(
                        DType.U32,
                        List.of(ArrayType.scalar(DType.U32).withDims(dims).elements()),
                        0)));
    Val.Array zero =
        e.emit1(
            new Broadcast(dims, List.of()),
            e.emit1(new Constant(Literal.of(ArrayType.scalar(DType.U32), 0))));
    return e.emit(
        new Threefry2x32(),
        List.of(
            e.emit1(new Broadcast(dims, List.of()), half(e, key, 0)),
            e.emit1(new Broadcast(dims, List.of()), half(e, key, 1)),
            zero,
            counter));
  }

  private static Val.Array half(Elaboration e, Val.Array key, int i) {
    var slice = new Slice(List.of(Dim.of(i)), List.of(Dim.of(i + 1)), List.of(1L));
    return e.emit1(new Reshape(List.of()), e.emit1(slice, key));
  }

  /// Returns two words as the last axis.
  private static Val.Array joined(Elaboration e, List<Val.Array> words, List<Dim> dims) {
    var column = new ArrayList<>(dims);
    column.add(Dim.of(1));
    return e.emit(
            new Concatenate(dims.size()),
            words.stream().map(w -> e.emit1(new Reshape(column), w)).toList())
        .getFirst();
  }
}
