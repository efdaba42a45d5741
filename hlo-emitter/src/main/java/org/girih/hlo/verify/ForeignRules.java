package org.girih.hlo.verify;

import java.util.List;
import org.girih.hlo.proto.CustomCallApiVersion;
import org.girih.hlo.proto.OpSharding;
import org.girih.hlo.proto.PrimitiveType;

/// Checks calls of foreign functions, which Girih's runtime registers with the plugin: an unknown
/// name, other shapes or other attributes would end the process. Rules: the handlers in
/// `ffi_shim.hpp`.
final class ForeignRules {
  /// The most letters of an attribute.
  private static final int MOST = 1 << 20;

  static final String PRINT = "girih.print";

  private ForeignRules() {}

  private static void typed(Site s) {
    s.require(
        s.proto().getCustomCallApiVersion() == CustomCallApiVersion.API_VERSION_TYPED_FFI,
        "API version %d of a foreign function",
        s.proto().getCustomCallApiVersionValue());
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
    s.require(
        config.length() < MOST
            && config.matches(
                "\\{lanes = [0-9]{1,3} : i64, text = \"([^\"\\\\]|\\\\[0-9A-F]{2})*\"\\}"),
        "attributes of a print");
  }
}
