package org.girih.hlo.emit;

import java.util.List;
import org.girih.ir.type.ArrayType;

/// Threefry-2x32 as pointwise integer arithmetic: 20 rounds of add, rotate and xor, and after each
/// four of them the key, rotated, and the number of the group are added. XLA makes one loop of it.
///
/// Keys are split and folded all over a program, a few words at a time, and each of these 160
/// operations would be compiled each time: so those of few words, outside of loops, share a
/// computation that XLA does not put in place. JAX rolls the rounds into a loop for the same
/// reason.
final class ThreefryEmitter {
  private static final int[][] ROTATIONS = {{13, 15, 26, 6}, {17, 29, 16, 24}};

  /// The key schedule's parity word.
  private static final long PARITY = 0x1BD11BDAL;

  private ThreefryEmitter() {}

  /// Arrays of at most so many words are those of keys.
  private static final long FEW = 64;

  static List<Instr> emit(ComputationBuilder b, List<Instr> in) {
    ArrayType type = in.getFirst().type();
    return b.keepsApart() && type.elements().known().orElseThrow() <= FEW
        ? LoopEmitter.shared(
            b,
            "threefry2x32",
            in,
            List.of(type, type),
            inside -> rounds(inside, List.of(0, 1, 2, 3).stream().map(inside::parameter).toList()))
        : rounds(b, in);
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
