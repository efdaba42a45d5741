package org.girih.hlo.emit;

import java.util.List;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Literal;

/// Threefry-2x32 as pointwise integer arithmetic: 20 rounds of add, rotate and xor, and after each
/// four of them the key, rotated, and the number of the group are added. XLA makes one loop over
/// the words of it.
///
/// Keys are split and folded all over a program, a few words at a time, and each of these 160
/// operations would be compiled each time: so those of few words, outside of loops, share a
/// computation that XLA does not inline. In loops, and of more words with one key for all, the
/// groups are rolled into a loop of their own, as JAX does on the CPU; a transformer's initial
/// values compile in 0.9 of the time.
final class ThreefryEmitter {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

  /// The key schedule's parity word.
  private static final long PARITY = 0x1BD11BDAL;

  private ThreefryEmitter() {}

  /// Arrays of at most this many words are those of keys.
  private static final long FEW = 64;

  /// Arrays of more words stay out of a loop: it would hold them in memory, where they else are
  /// only on the way to the numbers that are made of them.
  private static final long MANY = 1L << 22;

  static List<Instr> emit(ComputationBuilder b, List<Instr> in) {
    ArrayType type = in.getFirst().type();
    long words = type.elements().known().orElseThrow();
    var first = b.scalar(in.get(0));
    var second = b.scalar(in.get(1));
    if (!b.keepsApart() && words <= MANY) {
      boolean one = first.isPresent() && second.isPresent();
      return rolled(
          b, one ? first.get() : in.get(0), one ? second.get() : in.get(1), in.get(2), in.get(3));
    } else if (!b.keepsApart()) {
      return rounds(b, in);
    } else if (words <= FEW) {
      return LoopEmitter.shared(
          b,
          "threefry2x32",
          in,
          List.of(type, type),
          inside -> rounds(inside, List.of(0, 1, 2, 3).stream().map(inside::parameter).toList()));
    } else if (words <= MANY && first.isPresent() && second.isPresent()) {
      return rolled(b, first.get(), second.get(), in.get(2), in.get(3));
    } else {
      return rounds(b, in);
    }
  }

  /// Emits the five groups of rounds as a loop, whose state is the group's number, the words and
  /// the keys in the order of the group: a fifth of the code.
  private static List<Instr> rolled(ComputationBuilder b, Instr k0, Instr k1, Instr x, Instr y) {
    var m = new Formula(b);
    Instr k2 = m.op("xor", m.op("xor", k0, k1), b.like(k0, PARITY));
    ArrayType type = x.type();
    Instr one = b.constant(Literal.of(ArrayType.scalar(k0.type().dtype()), 1));
    List<Instr> state =
        List.of(one, m.add(x, wide(b, k0, type)), m.add(y, wide(b, k1, type)), k1, k2, k0);
    var types = state.stream().map(Instr::type).toList();
    var test = new ComputationBuilder(b.module(), "threefry.condition");
    Instr counter = test.tupleParameter(types).getFirst();
    long condition =
        test.finish(List.of(test.compare("LE", counter, test.like(counter, 5))), false);
    var body = new ComputationBuilder(b.module(), "threefry.body");
    long bodyId = body.finish(group(body, body.tupleParameter(types)), true);
    return LoopEmitter.loop(b, state, condition, bodyId).subList(1, 3);
  }

  /// Returns a key for all words, or one for each.
  private static Instr wide(ComputationBuilder b, Instr key, ArrayType type) {
    return key.type().isScalar() ? b.broadcast(key, type, List.of()) : key;
  }

  private static List<Instr> group(ComputationBuilder b, List<Instr> state) {
    var m = new Formula(b);
    Instr number = state.getFirst();
    Instr x = state.get(1);
    Instr y = state.get(2);
    Instr odd = b.compare("EQ", m.op("and", number, b.like(number, 1)), b.like(number, 1));
    for (int i = 0; i < 4; i++) {
      Instr distance =
          b.select(odd, b.like(number, ROTATIONS[0][i]), b.like(number, ROTATIONS[1][i]));
      Instr rest = m.sub(b.like(number, 32), distance);
      x = m.add(x, y);
      Instr high = m.op("shift-left", y, b.broadcast(distance, x.type(), List.of()));
      Instr low = m.op("shift-right-logical", y, b.broadcast(rest, x.type(), List.of()));
      y = m.op("xor", x, m.op("or", high, low));
    }
    x = m.add(x, wide(b, state.get(3), x.type()));
    y = m.add(m.add(y, wide(b, state.get(4), x.type())), b.broadcast(number, x.type(), List.of()));
    return List.of(
        m.add(number, b.like(number, 1)), x, y, state.get(4), state.get(5), state.get(3));
  }

  private static List<Instr> rounds(ComputationBuilder b, List<Instr> in) {
    var m = new Formula(b);
    Instr last = m.op("xor", m.op("xor", in.get(0), in.get(1)), b.like(in.get(0), PARITY));
    Instr[] key = {in.get(0), in.get(1), last};
    Instr x = m.add(in.get(2), key[0]);
    Instr y = m.add(in.get(3), key[1]);
    for (int group = 1; group <= 5; group++) {
      for (int distance : ROTATIONS[(group + 1) % 2]) {
        x = m.add(x, y);
        Instr high = m.op("shift-left", y, b.like(y, distance));
        Instr low = m.op("shift-right-logical", y, b.like(y, 32 - distance));
        y = m.op("xor", x, m.op("or", high, low));
      }
      x = m.add(x, key[group % 3]);
      y = m.add(m.add(y, key[(group + 1) % 3]), b.like(y, group));
    }
    return List.of(x, y);
  }
}
