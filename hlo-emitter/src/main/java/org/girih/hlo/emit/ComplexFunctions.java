package org.girih.hlo.emit;

import org.girih.ir.op.Elementary;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Functions of complex numbers in real arithmetic, part by part, so that nothing cancels near a
/// branch point and nothing overflows or vanishes on the way. Values on cuts and at infinities are
/// those of C99 (annex G) and NumPy: the sign of a zero tells on which side of the cut it is.
final class ComplexFunctions {
  private ComplexFunctions() {}

  /// The parts of a complex number.
  private record Parts(Instr re, Instr im) {
    static Parts of(Formula m, Instr z) {
      ArrayType type = z.type().withDType(z.type().dtype().real());
      return new Parts(m.b().op("real", type, z), m.b().op("imag", type, z));
    }

    Instr whole(Formula m) {
      DType dtype = re.type().dtype() == DType.F64 ? DType.C128 : DType.C64;
      return m.b().op("complex", re.type().withDType(dtype), re, im);
    }
  }

  /// Returns the length of (x, y), without overflow.
  private static Instr length(Formula m, Instr x, Instr y) {
    return m.abs(new Parts(x, y).whole(m));
  }

  /// Returns `size` with the sign of `x`, which a zero has too.
  private static Instr signed(Formula m, Instr size, Instr x) {
    DType word = x.type().dtype() == DType.F64 ? DType.I64 : DType.I32;
    Instr bits = m.b().op("bitcast-convert", x.type().withDType(word), x);
    return m.select(m.less(bits, 0), m.neg(size), size);
  }

  private static Instr infinite(Formula m, Instr x) {
    return m.compare("EQ", m.abs(x), m.like(x, Double.POSITIVE_INFINITY));
  }

  private static Instr either(Formula m, Instr p, Instr q) {
    return m.op("or", p, q);
  }

  /// Returns, for x, y ≥ 0: √(a² − x²) and arcosh(a), where a is half the sum of the distances of
  /// (x, y) to 1 and −1. From these come asin, acos, asinh and acosh (Hull, Fairgrieve and Tang,
  /// "Implementing the complex arcsine and arccosine functions using exception handling", ACM
  /// Transactions on Mathematical Software 23, 1997); differences are written as quotients of sums.
  private static Parts ellipse(Formula m, Instr x, Instr y) {
    Instr one = m.like(x, 1);
    Instr half = m.like(x, 0.5);
    Instr r = length(m, m.add(x, one), y);
    Instr s = length(m, m.sub(x, one), y);
    Instr a = m.mul(half, m.add(r, s));
    Instr right = m.add(r, m.add(x, one));
    Instr inside = m.compare("LE", x, one);
    // (a − x) / y² is half of both quotients; left of 1 the second one is s + (1 − x) over y².
    Instr leftOfOne = m.add(s, m.sub(one, x));
    Instr rightOfOne = m.add(s, m.sub(x, one));
    Instr ax = m.add(a, x);
    Instr near = m.op("sqrt", m.mul(m.mul(half, ax), m.add(m.mul(y, m.div(y, right)), leftOfOne)));
    Instr far = m.mul(y, m.op("sqrt", m.mul(half, m.add(m.div(ax, right), m.div(ax, rightOfOne)))));
    Instr root = m.select(inside, near, far);

    // a − 1 is y² h left of 1.
    Instr h = m.mul(half, m.add(m.div(one, right), m.div(one, leftOfOne)));
    Instr below = m.mul(y, m.add(m.mul(y, h), m.op("sqrt", m.mul(h, m.add(a, one)))));
    Instr am1 = m.mul(half, m.add(m.mul(y, m.div(y, right)), rightOfOne));
    Instr above = m.add(am1, m.op("sqrt", m.mul(am1, m.add(a, one))));
    Instr small = m.op("log-plus-one", m.select(m.compare("LT", x, one), below, above));
    Instr wide = m.op("sqrt", m.mul(m.sub(a, one), m.add(a, one)));
    Instr large = m.op("log", m.add(a, wide));
    Instr arcosh = m.select(m.less(a, 1.5), small, large);

    // Where squares would overflow, (x, y) is all that counts.
    Instr most = m.op("maximum", x, y);
    Instr least = m.op("minimum", x, y);
    double limit = x.type().dtype() == DType.F64 ? 0x1p508 : 0x1p60;
    Instr huge = m.compare("GT", most, m.like(x, limit));
    Instr ratio = m.select(infinite(m, most), m.like(x, 0), m.div(least, most));
    Instr logarithm =
        m.add(
            m.add(m.op("log", most), m.like(x, Math.log(2))),
            m.mul(half, m.op("log-plus-one", m.mul(ratio, ratio))));
    Instr endless = either(m, infinite(m, x), infinite(m, y));
    return new Parts(
        m.select(huge, y, root),
        m.select(endless, m.like(x, Double.POSITIVE_INFINITY), m.select(huge, logarithm, arcosh)));
  }

  /// Returns, with a the length of z, √((|x| + a) / 2) and |y| over twice that, which are real and
  /// imaginary part right of the imaginary axis, and exchanged left of it. Where the sum would
  /// overflow it is of a sixteenth of z.
  static Instr sqrt(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Instr most = m.op("maximum", m.abs(p.re), m.abs(p.im));
    boolean wide = p.re.type().dtype() == DType.F64;
    Instr huge = m.compare("GT", most, m.like(most, wide ? 0x1p1000 : 0x1p120));
    Instr scale = m.select(huge, m.like(most, 0x1p-4), m.like(most, 1));
    Instr back = m.select(huge, m.like(most, 4), m.like(most, 1));
    Instr x = m.mul(m.abs(p.re), scale);
    Instr y = m.mul(m.abs(p.im), scale);
    Instr greater = m.op("sqrt", m.mul(m.like(x, 0.5), m.add(x, length(m, x, y))));
    Instr zero = m.compare("EQ", most, m.like(most, 0));
    Instr divisor = m.select(zero, m.like(x, 1), m.add(greater, greater));
    Instr lesser = m.mul(m.div(y, divisor), back);
    Instr size = m.mul(greater, back);
    Instr right = m.compare("GE", p.re, m.like(x, 0));
    Instr endless = infinite(m, p.im);
    Instr infinity = m.like(x, Double.POSITIVE_INFINITY);
    Instr re = m.select(endless, infinity, m.select(right, size, lesser));
    Instr im = m.select(endless, infinity, m.select(right, lesser, size));
    return new Parts(re, signed(m, im, p.im)).whole(m);
  }

  static Instr asin(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Parts e = ellipse(m, m.abs(p.re), m.abs(p.im));
    return new Parts(arc(m, p.re, e.re), signed(m, e.im, p.im)).whole(m);
  }

  /// Returns −i · asin(i z).
  static Instr asinh(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Parts e = ellipse(m, m.abs(p.im), m.abs(p.re));
    return new Parts(signed(m, e.im, p.re), arc(m, p.im, e.re)).whole(m);
  }

  /// Returns the angle whose sine is x over the length of (x, root).
  private static Instr arc(Formula m, Instr x, Instr root) {
    Instr angle = signed(m, m.angle(m.abs(x), root), x);
    return m.select(m.compare("EQ", x, m.like(x, 0)), x, angle);
  }

  static Instr acos(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Parts e = ellipse(m, m.abs(p.re), m.abs(p.im));
    return new Parts(m.angle(e.re, p.re), m.neg(signed(m, e.im, p.im))).whole(m);
  }

  /// Returns ±i · acos z, whichever has no negative real part.
  static Instr acosh(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Parts e = ellipse(m, m.abs(p.re), m.abs(p.im));
    return new Parts(e.im, signed(m, m.angle(e.re, p.re), p.im)).whole(m);
  }

  static Instr atanh(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    return new Parts(logarithm(m, p.re, p.im), turn(m, p.re, p.im)).whole(m);
  }

  /// Returns −i · atanh(i z).
  static Instr atan(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    return new Parts(turn(m, p.im, p.re), logarithm(m, p.im, p.re)).whole(m);
  }

  /// Returns the real part of atanh(x + iy), ½ log(|1 + z| / |1 − z|): by log1p of what the
  /// quotient's square is above 1. Beside 1 that overflows, and there the logarithms are far apart.
  private static Instr logarithm(Formula m, Instr x, Instr y) {
    boolean wide = x.type().dtype() == DType.F64;
    Instr one = m.like(x, 1);
    Instr four = m.like(x, 4);
    Instr size = m.abs(x);
    Instr left = m.sub(one, size);
    Instr near = length(m, left, y);
    Instr square = m.add(m.mul(left, left), m.mul(y, y));
    // Not a quotient of a quotient, which XLA makes one of a product that may overflow.
    Instr far = m.mul(m.div(size, near), m.div(four, near));
    Instr squares = m.less(near, wide ? 0x1p500 : 0x1p60);
    Instr above = m.select(squares, m.div(m.mul(four, size), square), far);
    Instr close = m.mul(m.like(x, 0.25), m.op("log-plus-one", above));
    Instr sum = m.op("log", length(m, m.add(one, size), y));
    Instr apart = m.mul(m.like(x, 0.5), m.sub(sum, m.op("log", near)));
    Instr value = m.select(m.less(above, wide ? 0x1p1000 : 0x1p100), close, apart);
    Instr endless = either(m, infinite(m, x), infinite(m, y));
    return signed(m, m.select(endless, m.like(x, 0), value), x);
  }

  /// Returns the imaginary part of atanh(x + iy): half the angle of 1 + z, and of 1 − z turned
  /// back.
  private static Instr turn(Formula m, Instr x, Instr y) {
    Instr one = m.like(x, 1);
    Instr ahead = m.angle(y, m.sub(one, x));
    Instr behind = m.angle(y, m.add(one, x));
    Instr value = m.mul(m.like(x, 0.5), m.add(ahead, behind));
    Instr endless = either(m, infinite(m, x), infinite(m, y));
    return m.select(endless, signed(m, m.like(x, Math.PI / 2), y), value);
  }

  static Instr sin(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    return new Parts(
            times(m, m.op("sine", p.re), cosh(m, p.im), p.re),
            times(m, m.op("cosine", p.re), sinh(m, p.im), p.im))
        .whole(m);
  }

  static Instr cos(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Instr im = times(m, m.op("sine", p.re), sinh(m, p.im), m.mul(p.re, p.im));
    return new Parts(m.mul(m.op("cosine", p.re), cosh(m, p.im)), m.neg(im)).whole(m);
  }

  /// Returns f · g, which is the zero of `x` where x is 0, however large the other factor is.
  private static Instr times(Formula m, Instr f, Instr g, Instr x) {
    return m.select(m.compare("EQ", x, m.like(x, 0)), x, m.mul(f, g));
  }

  /// Returns −i · sin(i z).
  static Instr hyperbolicSine(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    return new Parts(
            times(m, m.op("cosine", p.im), sinh(m, p.re), p.re),
            times(m, m.op("sine", p.im), cosh(m, p.re), p.im))
        .whole(m);
  }

  /// Returns cos(i z).
  static Instr hyperbolicCosine(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Instr im = times(m, m.op("sine", p.im), sinh(m, p.re), m.mul(p.re, p.im));
    return new Parts(m.mul(m.op("cosine", p.im), cosh(m, p.re)), im).whole(m);
  }

  private static Instr cosh(Formula m, Instr x) {
    return ElementaryEmitter.emit(m.b(), Elementary.COSH, x);
  }

  private static Instr sinh(Formula m, Instr x) {
    return ElementaryEmitter.emit(m.b(), Elementary.SINH, x);
  }

  static Instr tan(Formula m, Instr z) {
    return tangent(m, Parts.of(m, z)).whole(m);
  }

  /// Returns −i · tan(i z).
  static Instr tanh(Formula m, Instr z) {
    Parts p = Parts.of(m, z);
    Parts turned = tangent(m, new Parts(p.im, p.re));
    return new Parts(turned.im, turned.re).whole(m);
  }

  /// Returns (sin 2x + i sinh 2y) / (cos 2x + cosh 2y), with the divisor as 2 cos² x + (cosh
  /// 2y − 1) where the sum would cancel. For large y the exponential is alone.
  private static Parts tangent(Formula m, Parts p) {
    Instr one = m.like(p.re, 1);
    Instr two = m.like(p.re, 2);
    Instr half = m.like(p.re, 0.5);
    boolean wide = p.re.type().dtype() == DType.F64;
    Instr c = m.op("cosine", p.re);
    Instr doubled = m.mul(two, m.mul(m.op("sine", p.re), c));
    // Twice a huge number overflows.
    Instr finite = m.less(m.abs(p.re), wide ? 0x1p1000 : 0x1p100);
    Instr wave = m.select(finite, m.op("sine", m.mul(two, p.re)), doubled);
    Instr size = m.abs(p.im);
    Instr w = m.mul(two, size);
    // With e = exp w − 1: sinh w = (e + e / (1 + e)) / 2, cosh w − 1 = e² / (2 (1 + e)).
    Instr e = m.op("exponential-minus-one", w);
    Instr above = m.add(one, e);
    Instr ratio = m.div(e, above);
    Instr tiny = m.less(w, 0.5);
    Instr square = m.mul(w, w);
    Instr sinh = m.select(tiny, m.mul(w, series(m, square, 2)), m.mul(half, m.add(e, ratio)));
    Instr rise =
        m.select(
            tiny, m.mul(m.mul(half, square), series(m, square, 3)), m.mul(half, m.mul(e, ratio)));
    Instr near = m.add(m.mul(two, m.mul(c, c)), rise);
    Instr cosh = m.mul(half, m.add(above, m.div(one, above)));
    Instr turned = m.sub(m.mul(two, m.mul(c, c)), one);
    Instr far = m.add(m.select(finite, m.op("cosine", m.mul(two, p.re)), turned), cosh);
    Instr divisor = m.select(m.less(w, 1.5), near, far);
    Instr re = m.div(wave, divisor);
    Instr im = signed(m, m.div(sinh, divisor), p.im);
    double limit = wide ? 22 : 11;
    Instr large = m.compare("GT", size, m.like(size, limit));
    Instr root = m.op("exponential", m.neg(size));
    Instr small = m.mul(root, root);
    Instr bounded = m.select(infinite(m, p.re), m.like(size, 0), wave);
    Instr fading = m.mul(m.mul(two, bounded), small);
    return new Parts(m.select(large, fading, re), m.select(large, signed(m, one, p.im), im));
  }

  /// Returns 1 + x / (k (k + 1)) + x² / (k (k + 1) (k + 2) (k + 3)) + …, exact in f64 for x up to
  /// 1/4: with x = w² and k = 2 it is sinh(w) / w, with k = 3 it is 2 (cosh(w) − 1) / w².
  private static Instr series(Formula m, Instr x, int k) {
    Instr out = m.like(x, 1);
    for (int i = k + 12; i >= k; i -= 2) {
      Instr scaled = m.mul(x, m.like(x, 1.0 / (i * (i + 1))));
      out = m.add(m.like(x, 1), m.mul(scaled, out));
    }
    return out;
  }
}
