package org.girih.hlo.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An operation is cut only if it computes something: what may become a view of its operand is not.
class CutPointTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add            | F32 3    | F32 3, F32 3  | true",
        "tanh           | F32 3    | F32 3         | true",
        "select         | F32 3    | PRED 3, F32 3, F32 3 | true",
        "abs            | S32 3    | S32 3         | true",
        "abs            | U32 3    | U32 3         | false",
        "copy           | F32 3    | F32 3         | false",
        "real           | F32 3    | F32 3         | false",
        "reduce-precision | F32 3  | F32 3         | false",
        "bitcast-convert | S32 3   | F32 3         | false",
        "convert        | S32 3    | F32 3         | false",
        "convert        | F64 3    | F32 3         | true",
        "broadcast      | F32 3 1  | F32 3         | false",
        "broadcast      | F32 3 4  | F32 3         | true",
        "slice          | F32 3    | F32 3         | false",
        "slice          | F32 2    | F32 3         | true",
        "dynamic-slice  | F32 3    | F32 3, S32    | false",
        "dynamic-slice  | F32 1    | F32 3, S32    | true",
        "reverse        | F32 1 1  | F32 1 1       | false",
        "reverse        | F32 1 2  | F32 1 2       | true",
        "pad            | F32 3    | F32 3, F32    | false",
        "pad            | F32 4    | F32 3, F32    | true",
        "dynamic-update-slice | F32 3 | F32 3, F32 3, S32 | false",
        "concatenate    | F32 3    | F32 3, F32 0  | false",
        "concatenate    | F32 5    | F32 3, F32 2  | true",
        "reshape        | F32 3    | F32 3 1       | false",
        "transpose      | F32 3 1  | F32 1 3       | false",
        "dot            | F32      | F32 3, F32 3  | false",
        "get-tuple-element | F32 3 | F32 3         | false",
      })
  void admits(String opcode, String shape, String operands, boolean expected) {
    var instruction =
        HloInstructionProto.newBuilder().setOpcode(opcode).setShape(shape(shape)).build();
    List<HloInstructionProto> read =
        Arrays.stream(operands.split(","))
            .map(o -> HloInstructionProto.newBuilder().setShape(shape(o)).build())
            .toList();
    assertEquals(expected, CutPoint.admits(instruction, read));
  }

  @ParameterizedTest
  @CsvSource({"1 4, true", "3 4, false"})
  void gathersOfAll(String sizes, boolean expected) {
    var gather = HloInstructionProto.newBuilder().setOpcode("gather").setShape(shape("F32 3 4"));
    Arrays.stream(sizes.split(" ")).map(Long::valueOf).forEach(gather::addGatherSliceSizes);
    var operand = HloInstructionProto.newBuilder().setShape(shape("F32 3 4")).build();
    assertEquals(expected, CutPoint.admits(gather.build(), List.of(operand, operand)));
  }

  /// An order that control asks for is the instruction's own.
  @ParameterizedTest
  @CsvSource({"0, true", "1, false"})
  void controlStays(int predecessors, boolean expected) {
    var add = HloInstructionProto.newBuilder().setOpcode("add").setShape(shape("F32 3"));
    for (int i = 0; i < predecessors; i++) {
      add.addControlPredecessorIds(i);
    }
    var operand = HloInstructionProto.newBuilder().setShape(shape("F32 3")).build();
    assertEquals(expected, CutPoint.admits(add.build(), List.of(operand, operand)));
  }

  /// `F32 3 4`: a type and sizes.
  private static ShapeProto shape(String text) {
    String[] words = text.strip().split(" ");
    var shape = ShapeProto.newBuilder().setElementType(PrimitiveType.valueOf(words[0]));
    Arrays.stream(words).skip(1).map(Long::valueOf).forEach(shape::addDimensions);
    return shape.build();
  }
}
