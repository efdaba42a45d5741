package org.girih.hlo.emit;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.girih.hlo.proto.CustomCallApiVersion;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.OpSharding;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.op.Factor;
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
      ComputationBuilder b, String target, ShapeProto out, List<Instr> in, String attributes) {
    var call = b.instruction("custom-call", out, in);
    call.setCustomCallTarget(target)
        .setCustomCallApiVersion(CustomCallApiVersion.API_VERSION_TYPED_FFI)
        .setBackendConfig(ByteString.copyFromUtf8(attributes))
        .setConstrainLayout(true);
    in.forEach(operand -> call.addOperandShapesWithLayout(HloShapes.of(operand.type())));
    return call;
  }

  /// Prints on the host, in the order that the last operand states.
  static Instr print(ComputationBuilder b, Print print, List<Instr> in) {
    ArrayType order = ArrayType.scalar(DType.U32);
    String attributes =
        "{lanes = %d : i64, text = \"%s\"}".formatted(print.mapped(), escaped(print.template()));
    var call =
        call(b, "girih.print", HloShapes.of(order), in, attributes)
            .setCustomCallHasSideEffect(true);
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

  /// Factors matrices by LAPACK.
  static List<Instr> factor(ComputationBuilder b, Factor factor, Instr a, List<ArrayType> out) {
    Instr whole = Shardings.whole(b, a);
    if (a.type().elements().known().orElseThrow() == 0) {
      return out.stream().map(type -> ofNothing(b, factor, type)).toList();
    }
    String attributes =
        "{full = %d : i64, method = %d : i64, vectors = %d : i64}"
            .formatted(factor.full() ? 1 : 0, factor.method().ordinal(), factor.vectors() ? 1 : 0);
    var call = call(b, "girih.factor", HloShapes.results(out), List.of(whole), attributes);
    if (b.module().partitioned()) {
      call.setSharding(replicated(out.size()));
    }
    long id = b.add(call);
    return out.size() == 1 ? List.of(new Instr(id, out.getFirst())) : b.elements(id, out);
  }

  private static OpSharding replicated(int results) {
    if (results == 1) {
      return Shardings.REPLICATED;
    }
    var all = OpSharding.newBuilder().setType(OpSharding.Type.TUPLE);
    for (int i = 0; i < results; i++) {
      all.addTupleShardings(Shardings.REPLICATED);
    }
    return all.build();
  }

  /// Returns a factor of a matrix without elements: an orthogonal one is the identity, rows keep
  /// their order.
  private static Instr ofNothing(ComputationBuilder b, Factor factor, ArrayType type) {
    if (type.elements().known().orElseThrow() == 0) {
      return b.zeros(type);
    }
    int rank = type.rank();
    ArrayType places = type.withDType(DType.I32);
    return switch (factor.method()) {
      case LU -> iota(b, places, rank - 1);
      case QR, SVD ->
          b.convert(
              b.compare("EQ", iota(b, places, rank - 1), iota(b, places, rank - 2)), type.dtype());
      case CHOLESKY, EIGH, EIG, SCHUR, HESSENBERG -> b.zeros(type);
    };
  }

  private static Instr iota(ComputationBuilder b, ArrayType type, int axis) {
    return OpEmitter.dimensions(b, "iota", type, List.of(), List.of(axis));
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
