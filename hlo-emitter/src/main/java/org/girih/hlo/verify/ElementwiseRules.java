package org.girih.hlo.verify;

import java.util.Map;
import java.util.function.Predicate;
import org.girih.hlo.proto.PrecisionConfig;
import org.girih.hlo.proto.PrimitiveType;

/// Ops that treat each element by itself. Rules: XLA's operation semantics, "Element-wise unary
/// functions", "Element-wise binary arithmetic operations", "… comparison operations", "Clamp",
/// "Select", "ConvertElementType", "BitcastConvertType", "ReducePrecision".
final class ElementwiseRules {
  private ElementwiseRules() {}

  static void addTo(Map<String, Rule> rules) {
    Predicate<PrimitiveType> integral = Types::integral;
    Predicate<PrimitiveType> logical = integral.or(PrimitiveType.PRED::equals);
    Predicate<PrimitiveType> numeric = integral.or(Types::inexact);
    for (String op : new String[] {"copy", "add", "multiply", "maximum", "minimum"}) {
      rules.put(op, Rule.of(s -> same(s, op.equals("copy") ? 1 : 2, op, Types::known)));
    }
    for (String op : new String[] {"maximum", "minimum"}) {
      rules.put(op, Rule.of(s -> same(s, 2, op, t -> Types.known(t) && !Types.complex(t))));
    }
    for (String op : new String[] {"subtract", "divide", "remainder", "power"}) {
      boolean real = op.equals("remainder");
      rules.put(
          op, Rule.of(s -> same(s, 2, op, t -> numeric.test(t) && !(real && Types.complex(t)))));
    }
    rules.put("atan2", Rule.of(s -> same(s, 2, "atan2", Types::inexact)));
    for (String op : new String[] {"and", "or", "xor"}) {
      rules.put(op, Rule.of(s -> same(s, 2, op, logical)));
    }
    for (String op : new String[] {"shift-left", "shift-right-arithmetic", "shift-right-logical"}) {
      rules.put(op, Rule.of(s -> same(s, 2, op, integral)));
    }
    rules.put("not", Rule.of(s -> same(s, 1, "not", logical)));
    for (String op : new String[] {"popcnt", "count-leading-zeros"}) {
      rules.put(op, Rule.of(s -> same(s, 1, op, integral)));
    }
    rules.put("negate", Rule.of(s -> same(s, 1, "negate", numeric)));
    rules.put("sign", Rule.of(s -> same(s, 1, "sign", t -> numeric.test(t) && !Types.unsigned(t))));
    for (String op :
        new String[] {
          "exponential",
          "exponential-minus-one",
          "log",
          "log-plus-one",
          "logistic",
          "sqrt",
          "rsqrt",
          "sine",
          "cosine",
          "tan",
          "tanh"
        }) {
      rules.put(op, Rule.of(s -> same(s, 1, op, Types::inexact)));
    }
    for (String op :
        new String[] {"floor", "ceil", "round-nearest-even", "round-nearest-afz", "cbrt", "erf"}) {
      rules.put(op, Rule.of(s -> same(s, 1, op, Types::floating)));
    }
    rules.put("abs", Rule.of(ElementwiseRules::abs));
    rules.put("is-finite", Rule.of(ElementwiseRules::isFinite));
    rules.put("real", Rule.of(ElementwiseRules::part));
    rules.put("imag", Rule.of(ElementwiseRules::part));
    rules.put("complex", Rule.of(ElementwiseRules::complex));
    rules.put("compare", Rule.of(ElementwiseRules::compare, Field.COMPARISON));
    rules.put("select", Rule.of(ElementwiseRules::select));
    rules.put("clamp", Rule.of(ElementwiseRules::clamp));
    rules.put("convert", Rule.of(ElementwiseRules::convert));
    rules.put("bitcast-convert", Rule.of(ElementwiseRules::bitcast));
    rules.put(
        "reduce-precision", Rule.of(ElementwiseRules::reducePrecision, Field.REDUCED_PRECISION));
  }

  private static void same(Site s, int count, String op, Predicate<PrimitiveType> types) {
    s.count(count);
    HloShape.Array first = s.operand(0);
    s.require(types.test(first.type()), "%s of %s", op, first);
    for (int i = 1; i < count; i++) {
      s.same(first, s.operand(i), "operands");
    }
    s.gives(first);
  }

  private static void abs(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    PrimitiveType type = x.type();
    s.require(Types.signed(type) || Types.inexact(type), "abs of %s", x);
    s.gives(Types.complex(type) ? x.withType(Types.part(type)) : x);
  }

  private static void isFinite(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(Types.floating(x.type()), "is-finite of %s", x);
    s.gives(x.withType(PrimitiveType.PRED));
  }

  private static void part(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(Types.complex(x.type()), "part of %s", x);
    s.gives(x.withType(Types.part(x.type())));
  }

  private static void complex(Site s) {
    s.count(2);
    HloShape.Array x = s.operand(0);
    s.same(x, s.operand(1), "operands");
    s.require(x.type() == PrimitiveType.F32 || x.type() == PrimitiveType.F64, "complex of %s", x);
    s.gives(x.withType(x.type() == PrimitiveType.F32 ? PrimitiveType.C64 : PrimitiveType.C128));
  }

  /// Checks a `compare`: the comparison type is that of the operands, or total order for floats;
  /// empty means it.
  private static void compare(Site s) {
    s.count(2);
    HloShape.Array x = s.operand(0);
    s.same(x, s.operand(1), "operands");
    boolean ordered =
        switch (s.proto().getComparisonDirection()) {
          case "EQ", "NE" -> false;
          case "LT", "LE", "GT", "GE" -> true;
          default -> {
            s.require(false, "direction \"%s\"", s.proto().getComparisonDirection());
            yield false;
          }
        };
    s.require(!(ordered && Types.complex(x.type())), "order of %s", x);
    boolean fits =
        switch (s.proto().getComparisonType()) {
          case "" -> true;
          case "FLOAT" -> Types.inexact(x.type());
          case "TOTALORDER" -> Types.floating(x.type());
          case "SIGNED" -> Types.signed(x.type());
          case "UNSIGNED" -> Types.unsigned(x.type()) || x.type() == PrimitiveType.PRED;
          default -> false;
        };
    s.require(fits, "comparison type \"%s\" of %s", s.proto().getComparisonType(), x);
    s.gives(x.withType(PrimitiveType.PRED));
  }

  private static void select(Site s) {
    s.count(3);
    HloShape.Array x = s.operand(1);
    s.same(x, s.operand(2), "branches");
    s.same(x.withType(PrimitiveType.PRED), s.operand(0), "condition");
    s.gives(x);
  }

  /// Checks a `clamp` of least, operand, greatest: the bounds are scalars or of the operand's
  /// shape.
  private static void clamp(Site s) {
    s.count(3);
    HloShape.Array x = s.operand(1);
    s.require(Types.known(x.type()) && !Types.complex(x.type()), "clamp of %s", x);
    for (int i = 0; i < 3; i += 2) {
      HloShape.Array bound = s.operand(i);
      s.require(bound.equals(x) || bound.equals(x.element()), "bound %s of %s", bound, x);
    }
    s.same(s.operand(0), s.operand(2), "bounds");
    s.gives(x);
  }

  private static void convert(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    s.require(
        !Types.complex(x.type()) || Types.complex(s.result().type()),
        "conversion of %s to %s",
        x,
        s.result());
    s.gives(x.withType(s.result().type()));
  }

  private static void bitcast(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    PrimitiveType from = x.type();
    PrimitiveType to = s.result().type();
    s.require(
        Types.bits(from) == Types.bits(to)
            && Types.complex(from) == Types.complex(to)
            && (from == PrimitiveType.PRED) == (to == PrimitiveType.PRED),
        "bitcast of %s to %s",
        x,
        s.result());
    s.gives(x.withType(to));
  }

  private static void reducePrecision(Site s) {
    s.count(1);
    HloShape.Array x = s.operand(0);
    int exponent = s.proto().getExponentBits();
    int mantissa = s.proto().getMantissaBits();
    s.require(Types.floating(x.type()), "reduce-precision of %s", x);
    s.require(
        exponent >= 1 && exponent <= 11 && mantissa >= 0 && mantissa <= 52,
        "precision e%dm%d",
        exponent,
        mantissa);
    s.gives(x);
  }

  /// Checks a precision: one entry an operand, or none; the algorithm is XLA's choice.
  static void precision(Site s, int operands) {
    PrecisionConfig config = s.proto().getPrecisionConfig();
    s.require(config.getUnknownFields().isEmpty(), "a precision with fields that Girih lacks");
    s.require(config.getAlgorithm() == 0, "precision algorithm %d", config.getAlgorithm());
    int count = config.getOperandPrecisionCount();
    s.require(
        count == 0 || count == operands, "precisions of %d operands, not %d", count, operands);
    s.require(
        config.getOperandPrecisionList().stream()
            .noneMatch(PrecisionConfig.Precision.UNRECOGNIZED::equals),
        "precision %s",
        config.getOperandPrecisionValueList());
  }
}
