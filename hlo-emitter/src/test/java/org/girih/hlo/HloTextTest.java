package org.girih.hlo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.LiteralProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ShapeProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The samples' protos were made by XLA from text written by hand, and the golden texts were read
/// back by XLA's parser as the same modules: see `testdata/scripts/hlo_samples.py`.
class HloTextTest {
  private static byte[] sample(String name) {
    try {
      return Files.readAllBytes(Path.of("..", "testdata", "hlo", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"literals", "structured", "shapes", "scalar_window", "custom_call"})
  void printsWhatXlaReadsBack(String name) throws InvalidProtocolBufferException {
    HloModuleProto module = HloModuleProto.parseFrom(sample(name + ".hlo.pb"));
    String golden = new String(sample(name + ".hlo.txt"), StandardCharsets.UTF_8);
    assertEquals(golden, HloText.print(module));
  }

  @Test
  void elidesOnRequest() throws InvalidProtocolBufferException {
    HloModuleProto module = HloModuleProto.parseFrom(sample("literals.hlo.pb"));
    String text = HloText.print(module, 8);
    assertTrue(text.contains("s32[2,3,2]{2,1,0} constant({...})"), text);
    assertTrue(text.contains("s32[2,3]{0,1} constant({ {1, 2, 3}, {4, 5, 6} })"), text);
  }

  @Test
  void namesThatTextDoesNotAdmitChange() {
    var computation = HloComputationProto.newBuilder().setName("f32").setId(1).setRootId(4);
    String[] names = {"s4", "s4", "größe x", "", "9"};
    for (int i = 0; i < names.length; i++) {
      computation.addInstructions(
          HloInstructionProto.newBuilder().setId(i).setName(names[i]).setOpcode("iota"));
    }
    String text = HloText.print(HloModuleProto.newBuilder().addComputations(computation).build());
    for (String name : new String[] {"%f32_ ", "%s4_ ", "%s4_.2 ", "%gr__e_x ", "%value ", "%_ "}) {
      assertTrue(text.contains(name), name + " in " + text);
    }
  }

  @Test
  void malformedModulesPrintToo() {
    var literal =
        LiteralProto.newBuilder()
            .setShape(
                ShapeProto.newBuilder()
                    .setElementType(PrimitiveType.F32)
                    .addDimensions(Long.MAX_VALUE)
                    .addDimensions(3))
            .addF32S(1);
    var computation =
        HloComputationProto.newBuilder()
            .addInstructions(
                HloInstructionProto.newBuilder()
                    .setId(3)
                    .setName("a")
                    .setOpcode("constant")
                    .setLiteral(literal))
            .addInstructions(
                HloInstructionProto.newBuilder()
                    .setId(4)
                    .setName("b")
                    .setOpcode("while")
                    .addOperandIds(99)
                    .addCalledComputationIds(-1));
    String text = HloText.print(HloModuleProto.newBuilder().addComputations(computation).build());
    assertTrue(text.contains("constant({malformed: 1 elements})"), text);
    assertTrue(text.contains("while(%?99), body=%?-1"), text);
  }
}
