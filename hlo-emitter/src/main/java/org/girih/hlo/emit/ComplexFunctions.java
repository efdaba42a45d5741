package org.girih.hlo.emit;

import org.girih.ir.type.ArrayType;

/// Inverse functions of complex numbers, from their logarithmic forms (Abramowitz and Stegun, 4.4
/// and
/// 4.6). Their branch cuts are NumPy's; close to a cut they lose accuracy, as such forms do.
final class ComplexFunctions {
  private ComplexFunctions() {}

  private static Instr parts(Formula m, Instr real, Instr imaginary, ArrayType type) {
    return m.b().op("complex", type, real, imaginary);
  }

  private static Instr real(Formula m, Instr z) {
    return m.b().op("real", z.type().withDType(z.type().dtype().real()), z);
  }

  private static Instr imag(Formula m, Instr z) {
    return m.b().op("imag", z.type().withDType(z.type().dtype().real()), z);
  }

  /// i · z.
  private static Instr timesI(Formula m, Instr z) {
    return parts(m, m.neg(imag(m, z)), real(m, z), z.type());
  }

  /// −i · z.
  private static Instr timesMinusI(Formula m, Instr z) {
    return parts(m, imag(m, z), m.neg(real(m, z)), z.type());
  }

  /// log(z + √(z² + 1)), for Re z ≥ 0; odd.
  static Instr asinh(Formula m, Instr z) {
    Instr negative = m.less(real(m, z), 0);
    Instr w = m.select(negative, m.neg(z), z);
    Instr root = m.op("sqrt", m.add(m.mul(w, w), m.like(w, 1)));
    Instr value = m.op("log", m.add(w, root));
    return m.select(negative, m.neg(value), value);
  }

  /// −i · asinh(i z).
  static Instr asin(Formula m, Instr z) {
    return timesMinusI(m, asinh(m, timesI(m, z)));
  }

  /// π/2 − asin z.
  static Instr acos(Formula m, Instr z) {
    return m.sub(m.like(z, Math.PI / 2), asin(m, z));
  }

  /// log(z + √(z + 1) √(z − 1)).
  static Instr acosh(Formula m, Instr z) {
    Instr one = m.like(z, 1);
    Instr root = m.mul(m.op("sqrt", m.add(z, one)), m.op("sqrt", m.sub(z, one)));
    return m.op("log", m.add(z, root));
  }

  /// ½ (log1p z − log1p(−z)).
  static Instr atanh(Formula m, Instr z) {
    Instr difference = m.sub(m.op("log-plus-one", z), m.op("log-plus-one", m.neg(z)));
    return m.mul(m.like(z, 0.5), difference);
  }

  /// −i · atanh(i z).
  static Instr atan(Formula m, Instr z) {
    return timesMinusI(m, atanh(m, timesI(m, z)));
  }
}
