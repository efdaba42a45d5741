package org.girih.hlo.emit;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.girih.hlo.proto.CustomCallApiVersion;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.op.Print;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// Calls of functions that Girih's runtime registers with the plugin, by XLA's foreign functions.
final class ForeignEmitter {
  private ForeignEmitter() {}

  /// Returns a call whose operands and results are row-major.
  ///
  /// @param attributes a dictionary in MLIR's text
  private static HloInstructionProto.Builder call(
      ComputationBuilder b, String target, ArrayType out, List<Instr> in, String attributes) {
    var call = b.instruction("custom-call", Shapes.of(out), in);
    call.setCustomCallTarget(target)
        .setCustomCallApiVersion(CustomCallApiVersion.API_VERSION_TYPED_FFI)
        .setBackendConfig(ByteString.copyFromUtf8(attributes))
        .setConstrainLayout(true);
    in.forEach(operand -> call.addOperandShapesWithLayout(Shapes.of(operand.type())));
    return call;
  }

  /// Prints on the host, in the order that the last operand states.
  static Instr print(ComputationBuilder b, Print print, List<Instr> in) {
    ArrayType order = ArrayType.scalar(DType.U32);
    String attributes =
        "{lanes = %d : i64, text = \"%s\"}".formatted(print.mapped(), escaped(print.template()));
    var call = call(b, "girih.print", order, in, attributes).setCustomCallHasSideEffect(true);
    if (b.module().partitioned()) {
      // Once, not once a device.
      call.setSharding(
          OpSharding.newBuilder()
              .setType(OpSharding.Type.MAXIMAL)
              .addTileAssignmentDimensions(1)
              .addTileAssignmentDevices(0));
    }
    return Shardings.whole(b, new Instr(b.add(call), order));
  }

  /// Returns a text between quotes in MLIR: bytes that are not plain letters are hexadecimal.
  private static String escaped(String text) {
    var out = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = each >= ' ' && each < 127 && each != '"' && each != '\\';
      out.append(plain ? String.valueOf((char) each) : "\\%02X".formatted(each));
    }
    return out.toString();
  }
}
