package org.girih.passes.interpreter;

import java.util.List;
import org.girih.ir.type.DType;
import org.girih.passes.scalar.Scalar;

/// Threefry-2x32, in Java's 32-bit integers, as its authors' reference code writes it: for each of
/// 20 rounds add, rotate, xor; every fourth is followed by an injection of the key.
final class Threefry {
  private static final int[] ROTATION = {13, 15, 26, 6, 17, 29, 16, 24};

  private Threefry() {}

  static List<Tensor> apply(List<Tensor> in) {
    int count = in.getFirst().elements().length;
    var x = new Scalar[count];
    var y = new Scalar[count];
    for (int i = 0; i < count; i++) {
      int k0 = (int) in.get(0).whole(i);
      int k1 = (int) in.get(1).whole(i);
      int[] schedule = {k0, k1, 0x1BD11BDA ^ k0 ^ k1};
      int a = (int) in.get(2).whole(i) + schedule[0];
      int b = (int) in.get(3).whole(i) + schedule[1];
      for (int round = 0; round < 20; round++) {
        a += b;
        b = Integer.rotateLeft(b, ROTATION[round % 8]) ^ a;
        if (round % 4 == 3) {
          int group = round / 4 + 1;
          a += schedule[group % 3];
          b += schedule[(group + 1) % 3] + group;
        }
      }
      x[i] = Scalar.whole(DType.U32, a);
      y[i] = Scalar.whole(DType.U32, b);
    }
    return List.of(new Tensor(in.getFirst().type(), x), new Tensor(in.getFirst().type(), y));
  }
}
