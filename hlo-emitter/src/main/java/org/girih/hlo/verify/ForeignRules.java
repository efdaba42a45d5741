package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.hlo.proto.CustomCallApiVersion;
import org.girih.hlo.proto.OpSharding;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.ir.op.Factor;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;

/// Checks calls of foreign functions, which Girih's runtime registers with the plugin: an unknown
/// name, other shapes or other attributes would end the process. Rules: the handlers in
/// `ffi_shim.hpp`.
final class ForeignRules {
  /// The most letters of an attribute.
  private static final int MOST = 1 << 20;

  static final String PRINT = "girih.print";
  static final String FACTOR = "girih.factor";

  private static final Pattern FACTORS =
      Pattern.compile("\\{full = ([01]) : i64, method = ([0-7]) : i64, vectors = ([01]) : i64\\}");

  private static final Pattern PRINTS = Pattern.compile("\\{lanes = [0-9]{1,3} : i64, text = \"");

  private ForeignRules() {}

  /// Returns whether letters are a text of MLIR's: quotes and backslashes are `\\XX`. By a loop,
  /// since a pattern would recurse for each.
  private static boolean isText(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == '"') {
        return false;
      }
      if (c == '\\') {
        boolean hex =
            i + 2 < to
                && Character.digit(text.charAt(i + 1), 16) >= 0
                && Character.digit(text.charAt(i + 2), 16) >= 0;
        if (!hex) {
          return false;
        }
        i += 2;
      }
    }
    return from <= to;
  }

  private static void typed(Site s) {
    s.require(
        s.proto().getCustomCallApiVersion() == CustomCallApiVersion.API_VERSION_TYPED_FFI,
        "API version %d of a foreign function",
        s.proto().getCustomCallApiVersionValue());
  }

  /// Checks `{full = 0 : i64, method = 2 : i64, vectors = 0 : i64}`, and the shapes that the method
  /// gives: those of the op's own typing rule.
  static void factor(Site s) {
    typed(s);
    s.count(1);
    s.require(!s.proto().getCustomCallHasSideEffect(), "a factorisation with an effect");
    HloShape.Array a = s.operand(0);
    Matcher config = FACTORS.matcher(s.proto().getBackendConfig().toStringUtf8());
    s.require(config.matches(), "attributes of a factorisation");
    s.require(a.rank() >= 2 && !a.dims().contains(0L), "a factorisation of %s", a);
    Optional<DType> dtype =
        Stream.of(DType.F32, DType.F64, DType.C64, DType.C128)
            .filter(d -> d.name().equals(a.type().name()))
            .findFirst();
    s.require(dtype.isPresent(), "a factorisation of %s", a);
    var op =
        new Factor(
            Factor.Method.values()[Integer.parseInt(config.group(2))],
            config.group(1).equals("1"),
            config.group(3).equals("1"));
    var type = new ArrayType(dtype.get(), a.dims().stream().map(Dim::of).toList());
    List<HloShape.Array> out = new ArrayList<>();
    for (ArrayType each : inferred(s, op, type)) {
      out.add(
          new HloShape.Array(
              PrimitiveType.valueOf(each.dtype() == DType.I32 ? "S32" : each.dtype().name()),
              Arrays.stream(each.sizes()).boxed().toList()));
    }
    s.gives(out.size() == 1 ? out.getFirst() : HloShape.of(out));
  }

  private static List<ArrayType> inferred(Site s, Factor op, ArrayType type) {
    try {
      return op.infer(
          new Inference() {
            @Override
            public Signature signature(FuncRef function) {
              throw new IllTyped("a factorisation calls nothing");
            }

            @Override
            public void unknown(Condition condition) {
              throw new IllTyped("undecided: " + condition);
            }
          },
          List.of(type));
    } catch (IllTyped refused) {
      s.require(false, "a factorisation: %s", refused.getMessage());
      return List.of();
    }
  }

  /// Checks `{lanes = 1 : i64, text = "…"}`, arrays of whole bytes, and the order behind them.
  static void print(Site s) {
    typed(s);
    s.require(s.proto().getCustomCallHasSideEffect(), "a print without effect");
    s.require(!s.operands().isEmpty(), "a print without its order");
    for (int i = 0; i < s.operands().size(); i++) {
      s.require(Types.bits(s.operand(i).type()) >= 8, "a print of %s", s.operand(i));
    }
    s.require(
        !s.proto().hasSharding()
            || s.proto().getSharding().getType() == OpSharding.Type.MAXIMAL
                && s.proto().getSharding().getTileAssignmentDevicesList().equals(List.of(0L)),
        "a print on other devices than the first");
    HloShape.Array order = s.operand(s.operands().size() - 1);
    s.require(order.type() == PrimitiveType.U32 && order.rank() == 0, "an order of %s", order);
    s.gives(order);
    String config = s.proto().getBackendConfig().toStringUtf8();
    Matcher head = PRINTS.matcher(config);
    s.require(
        config.length() < MOST
            && head.lookingAt()
            && config.endsWith("\"}")
            && isText(config, head.end(), config.length() - 2),
        "attributes of a print");
  }
}
