package org.girih.hlo.emit;

import java.util.List;
import org.girih.ir.type.DType;

/// Special functions as formulas, for `f32` and `f64`.
final class SpecialFunctions {
  private SpecialFunctions() {}

  // (1 + 2a) · exp(a²) · erfc(a) for 0 ≤ a ≤ 12 as a polynomial in (a − 2) / (a + 2): Shepherd and
  // Laframboise, "Chebyshev approximation of (1 + 2x) exp(x²) erfc x" (1981), with coefficients
  // from testdata/scripts/erfc.py, whose error is 2e-9.
  private static final List<Double> ERFC =
      List.of(
          8.616827878543145e-05,
          1.8214215639194114e-04,
          -4.026741870899458e-04,
          -1.4351795197037045e-03,
          1.2497334106637665e-03,
          8.714866238235567e-03,
          -8.029263174382812e-03,
          -5.421879941527934e-02,
          1.6405079885413645e-01,
          -1.6603046186136886e-01,
          -9.276381179028853e-02,
          1.2769783820572385);

  // erfc, f64: Cephes, ndtr.c: exp(−x²) · P(x) / Q(x) below 8, R(x) / S(x) above.
  private static final List<Double> ERFC64_P =
      List.of(
          2.46196981473530512524E-10,
          5.64189564831068821977E-1,
          7.46321056442269912687E0,
          4.86371970985681366614E1,
          1.96520832956077098242E2,
          5.26445194995477358631E2,
          9.34528527171957607540E2,
          1.02755188689515710272E3,
          5.57535335369399327526E2);
  private static final List<Double> ERFC64_Q =
      List.of(
          1.0,
          1.32281951154744992508E1,
          8.67072140885989742329E1,
          3.54937778887819891062E2,
          9.75708501743205489753E2,
          1.82390916687909736289E3,
          2.24633760818710981792E3,
          1.65666309194161350182E3,
          5.57535340817727675546E2);
  private static final List<Double> ERFC64_R =
      List.of(
          5.64189583547755073984E-1,
          1.27536670759978104416E0,
          5.01905042251180477414E0,
          6.16021097993053585195E0,
          7.40974269950448939160E0,
          2.97886665372100240670E0);
  private static final List<Double> ERFC64_S =
      List.of(
          1.0,
          2.26052863220117276590E0,
          9.39603524938001434673E0,
          1.20489539808096656605E1,
          1.70814450747565897222E1,
          9.60896809063285878198E0,
          3.36907645100081516050E0);

  static Instr erfc(Formula m, Instr x) {
    boolean wide = x.type().dtype() == DType.F64;
    Instr a = m.abs(x);
    Instr z = m.op("exponential", m.neg(m.mul(x, x)));
    Instr tail = wide ? tail64(m, a, z) : tail32(m, a, z);
    Instr ended = m.select(m.compare("EQ", z, m.like(z, 0)), m.like(z, 0), tail);
    Instr value = m.select(m.less(x, 0), m.sub(m.like(x, 2), ended), ended);
    return wide ? m.select(m.less(a, 1), m.sub(m.like(x, 1), m.op("erf", x)), value) : value;
  }

  /// Computes both quotients by one division. Beyond 12 the result is 0.
  private static Instr tail32(Formula m, Instr a, Instr z) {
    Instr least = m.op("minimum", a, m.like(a, 12));
    Instr two = m.like(a, 2);
    Instr sum = m.add(least, two);
    Instr scale = m.add(m.like(a, 1), m.mul(two, least));
    Instr inverse = m.div(m.like(a, 1), m.mul(sum, scale));
    Instr q = m.mul(m.sub(least, two), m.mul(inverse, scale));
    return m.mul(m.mul(z, m.polynomial(q, ERFC)), m.mul(inverse, sum));
  }

  private static Instr tail64(Formula m, Instr a, Instr z) {
    Instr low = m.div(m.polynomial(a, ERFC64_P), m.polynomial(a, ERFC64_Q));
    Instr high = m.div(m.polynomial(a, ERFC64_R), m.polynomial(a, ERFC64_S));
    return m.mul(z, m.select(m.less(a, 8), low, high));
  }

  // Giles, "Approximating the erfinv function" (2010), single and double precision.
  private static final List<Double> INV_CENTRAL =
      List.of(
          2.81022636e-08,
          3.43273939e-07,
          -3.5233877e-06,
          -4.39150654e-06,
          0.00021858087,
          -0.00125372503,
          -0.00417768164,
          0.246640727,
          1.50140941);
  private static final List<Double> INV_TAIL =
      List.of(
          -0.000200214257,
          0.000100950558,
          0.00134934322,
          -0.00367342844,
          0.00573950773,
          -0.0076224613,
          0.00943887047,
          1.00167406,
          2.83297682);
  private static final List<Double> INV64_CENTRAL =
      List.of(
          -3.6444120640178196996e-21,
          -1.685059138182016589e-19,
          1.2858480715256400167e-18,
          1.115787767802518096e-17,
          -1.333171662854620906e-16,
          2.0972767875968561637e-17,
          6.6376381343583238325e-15,
          -4.0545662729752068639e-14,
          -8.1519341976054721522e-14,
          2.6335093153082322977e-12,
          -1.2975133253453532498e-11,
          -5.4154120542946279317e-11,
          1.051212273321532285e-09,
          -4.1126339803469836976e-09,
          -2.9070369957882005086e-08,
          4.2347877827932403518e-07,
          -1.3654692000834678645e-06,
          -1.3882523362786468719e-05,
          0.0001867342080340571352,
          -0.00074070253416626697512,
          -0.0060336708714301490533,
          0.24015818242558961693,
          1.6536545626831027356);
  private static final List<Double> INV64_MIDDLE =
      List.of(
          2.2137376921775787049e-09,
          9.0756561938885390979e-08,
          -2.7517406297064545428e-07,
          1.8239629214389227755e-08,
          1.5027403968909827627e-06,
          -4.013867526981545969e-06,
          2.9234449089955446044e-06,
          1.2475304481671778723e-05,
          -4.7318229009055733981e-05,
          6.8284851459573175448e-05,
          2.4031110387097893999e-05,
          -0.0003550375203628474796,
          0.00095328937973738049703,
          -0.0016882755560235047313,
          0.0024914420961078508066,
          -0.0037512085075692412107,
          0.005370914553590063617,
          1.0052589676941592334,
          3.0838856104922207635);
  private static final List<Double> INV64_TAIL =
      List.of(
          -2.7109920616438573243e-11,
          -2.5556418169965252055e-10,
          1.5076572693500548083e-09,
          -3.7894654401267369937e-09,
          7.6157012080783393804e-09,
          -1.4960026627149240478e-08,
          2.9147953450901080826e-08,
          -6.7711997758452339498e-08,
          2.2900482228026654717e-07,
          -9.9298272942317002539e-07,
          4.5260625972231537039e-06,
          -1.9681778105531670567e-05,
          7.5995277030017761139e-05,
          -0.00021503011930044477347,
          -0.00013871931833623122026,
          1.0103004648645343977,
          4.8499064014085844221);

  static Instr erfInv(Formula m, Instr x) {
    Instr w = m.neg(m.op("log-plus-one", m.neg(m.mul(x, x))));
    Instr root = m.op("sqrt", w);
    Instr p;
    if (x.type().dtype() == DType.F64) {
      Instr central = m.polynomial(m.sub(w, m.like(w, 3.125)), INV64_CENTRAL);
      Instr middle = m.polynomial(m.sub(root, m.like(w, 3.25)), INV64_MIDDLE);
      Instr tail = m.polynomial(m.sub(root, m.like(w, 5)), INV64_TAIL);
      p = m.select(m.less(w, 6.25), central, m.select(m.less(w, 16), middle, tail));
    } else {
      Instr central = m.polynomial(m.sub(w, m.like(w, 2.5)), INV_CENTRAL);
      Instr tail = m.polynomial(m.sub(root, m.like(w, 3)), INV_TAIL);
      p = m.select(m.less(w, 5), central, tail);
    }
    Instr ends = m.mul(x, m.like(x, Double.POSITIVE_INFINITY));
    return m.select(m.compare("EQ", m.abs(x), m.like(x, 1)), ends, m.mul(p, x));
  }

  // Lanczos, "A precision approximation of the gamma function" (1964), g = 7, nine coefficients.
  private static final double[] LANCZOS = {
    676.520368121885098567009190444019,
    -1259.13921672240287047156078755283,
    771.3234287776530788486528258894,
    -176.61502916214059906584551354,
    12.507343278686904814458936853,
    -0.13857109526572011689554707,
    9.984369578019570859563e-6,
    1.50563273514931155834e-7
  };
  private static final double LANCZOS_BASE = 0.99999999999980993227684700473478;
  private static final double G = 7;

  /// Computes log Γ(z + 1) = ½ log 2π + (z + ½) log t − t + log A(z), t = z + g + ½; below ½ by the
  /// reflection log |π / sin πx| − log |Γ(1 − x)|.
  static Instr lgamma(Formula m, Instr x) {
    Instr reflect = m.less(x, 0.5);
    Instr one = m.like(x, 1);
    Instr z = m.select(reflect, m.neg(x), m.sub(x, one));
    Instr a = m.like(x, LANCZOS_BASE);
    for (int i = 0; i < LANCZOS.length; i++) {
      a = m.add(a, m.div(m.like(x, LANCZOS[i]), m.add(z, m.like(x, i + 1))));
    }
    Instr t = m.add(m.like(x, G + 0.5), z);
    Instr logT =
        m.add(m.like(x, Math.log(G + 0.5)), m.op("log-plus-one", m.div(z, m.like(x, G + 0.5))));
    Instr half = m.like(x, 0.5);
    Instr power = m.mul(m.sub(m.add(z, half), m.div(t, logT)), logT);
    Instr value = m.add(m.add(m.like(x, Math.log(2 * Math.PI) / 2), power), m.op("log", a));
    Instr size = m.abs(x);
    Instr fraction = m.sub(size, m.op("floor", size));
    Instr near = m.select(m.compare("GT", fraction, half), m.sub(one, fraction), fraction);
    Instr sine = m.op("log", m.op("sine", m.mul(m.like(x, Math.PI), near)));
    Instr reflected =
        m.select(
            m.b().op("is-finite", sine.type().withDType(DType.BOOL), sine),
            m.sub(m.sub(m.like(x, Math.log(Math.PI)), sine), value),
            m.neg(sine));
    Instr out = m.select(reflect, reflected, value);
    Instr infinite = m.compare("EQ", size, m.like(x, Double.POSITIVE_INFINITY));
    return m.select(infinite, m.like(x, Double.POSITIVE_INFINITY), out);
  }

  /// Returns the derivative of the same approximation; below ½ by ψ(1 − x) − π cot πx; NaN at the
  /// poles.
  static Instr digamma(Formula m, Instr x) {
    Instr reflect = m.less(x, 0.5);
    Instr one = m.like(x, 1);
    Instr z = m.select(reflect, m.neg(x), m.sub(x, one));
    Instr a = m.like(x, LANCZOS_BASE);
    Instr da = m.like(x, 0);
    for (int i = 0; i < LANCZOS.length; i++) {
      Instr c = m.like(x, LANCZOS[i]);
      Instr d = m.add(z, m.like(x, i + 1));
      da = m.sub(da, m.div(c, m.mul(d, d)));
      a = m.add(a, m.div(c, d));
    }
    Instr t = m.add(m.like(x, G + 0.5), z);
    Instr logT =
        m.add(m.like(x, Math.log(G + 0.5)), m.op("log-plus-one", m.div(z, m.like(x, G + 0.5))));
    Instr value = m.sub(m.add(logT, m.div(da, a)), m.div(m.like(x, G), t));
    Instr down = m.add(x, m.abs(m.op("floor", m.add(x, m.like(x, 0.5)))));
    Instr angle = m.mul(m.like(x, Math.PI), down);
    Instr cot = m.div(m.mul(m.like(x, Math.PI), m.op("cosine", angle)), m.op("sine", angle));
    Instr out = m.select(reflect, m.sub(value, cot), value);
    Instr pole =
        m.b()
            .op(
                "and",
                out.type().withDType(DType.BOOL),
                m.compare("LE", x, m.like(x, 0)),
                m.compare("EQ", x, m.op("floor", x)));
    return m.select(pole, m.like(x, Double.NaN), out);
  }
}
