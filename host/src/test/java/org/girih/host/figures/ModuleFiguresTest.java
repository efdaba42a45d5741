package org.girih.host.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import java.util.Map;
import org.girih.hlo.proto.DotDimensionNumbers;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.OpMetadata;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;
import org.junit.jupiter.api.Test;

/// Sums over modules, by hand.
class ModuleFiguresTest {
  private static ShapeProto f32(long... dims) {
    var shape = ShapeProto.newBuilder().setElementType(PrimitiveType.F32);
    for (long each : dims) {
      shape.addDimensions(each);
    }
    return shape.build();
  }

  private static HloInstructionProto.Builder instruction(
      long id, String opcode, ShapeProto shape, Long... operands) {
    return HloInstructionProto.newBuilder()
        .setId(id)
        .setName(opcode + "." + id)
        .setOpcode(opcode)
        .setShape(shape)
        .addAllOperandIds(List.of(operands));
  }

  private static HloComputationProto computation(long id, HloInstructionProto.Builder... all) {
    var out = HloComputationProto.newBuilder().setId(id).setName("c" + id);
    for (HloInstructionProto.Builder each : all) {
      out.addInstructions(each);
    }
    return out.build();
  }

  private static HloModuleProto module(HloComputationProto... all) {
    return HloModuleProto.newBuilder()
        .addAllComputations(List.of(all))
        .setEntryComputationId(all[all.length - 1].getId())
        .build();
  }

  private static HloInstructionProto.Builder dot(long id, long a, long b) {
    return instruction(id, "dot", f32(2, 5), a, b)
        .setDotDimensionNumbers(
            DotDimensionNumbers.newBuilder()
                .addLhsContractingDimensions(1)
                .addRhsContractingDimensions(0))
        .setMetadata(
            OpMetadata.newBuilder().setOpName("matmul").setSourceFile("a.girih").setSourceLine(7));
  }

  @Test
  void productsAndBuffers() {
    var figures =
        ModuleFigures.of(
            module(
                computation(
                    1,
                    instruction(1, "parameter", f32(2, 3)),
                    instruction(2, "parameter", f32(3, 5)),
                    dot(3, 1, 2))));
    // each parameter once, and the product with what it reads
    assertEquals(4 * (6 + 15 + 10 + 6 + 15), figures.bytes());
    var largest = figures.buffers().getFirst();
    assertEquals(new ModuleFigures.Buffer("parameter.2", "f32[3, 5]", 60, ""), largest);
    assertTrue(
        figures
            .buffers()
            .contains(new ModuleFigures.Buffer("matmul", "f32[2, 5]", 40, "a.girih:7")));
  }

  @Test
  void collectivesCountAsOftenAsTheirLoopTurns() {
    var body =
        computation(
            1,
            instruction(1, "parameter", f32(8)),
            instruction(2, "all-reduce", f32(8), 1L),
            instruction(3, "all-gather", f32(32), 2L));
    var condition = computation(2, instruction(4, "parameter", f32(8)));
    var trips =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFromUtf8("{\"known_trip_count\":{\"n\":\"12\"}}"))
            .build();
    var loop =
        instruction(6, "while", f32(8), 5L)
            .addCalledComputationIds(1)
            .addCalledComputationIds(2)
            .setUnknownFields(UnknownFieldSet.newBuilder().addField(43, trips).build());
    var known =
        ModuleFigures.of(
            module(body, condition, computation(3, instruction(5, "parameter", f32(8)), loop)));
    assertEquals(Map.of("all-reduce", 12L * 32, "all-gather", 12L * 32), known.collectives());
    assertEquals(12 * (2 * 32 + 128), known.wire());
    assertEquals(0, known.openLoops());

    loop.setUnknownFields(UnknownFieldSet.getDefaultInstance());
    var open =
        ModuleFigures.of(
            module(body, condition, computation(3, instruction(5, "parameter", f32(8)), loop)));
    assertEquals(64, open.collectiveBytes());
    assertEquals(1, open.openLoops());
  }

  @Test
  void fusionsHoldNothing() {
    var inner =
        computation(
            1,
            instruction(1, "parameter", f32(2, 3)),
            instruction(2, "parameter", f32(3, 5)),
            dot(3, 1, 2));
    var figures =
        ModuleFigures.of(
            module(
                inner,
                computation(
                    2,
                    instruction(4, "parameter", f32(2, 3)),
                    instruction(5, "parameter", f32(3, 5)),
                    instruction(6, "fusion", f32(2, 5), 4L, 5L).addCalledComputationIds(1))));
    assertEquals(3, figures.buffers().size());
  }
}
