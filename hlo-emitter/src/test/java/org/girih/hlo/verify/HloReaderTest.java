package org.girih.hlo.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.girih.hlo.HloText;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.OpSharding;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The samples in testdata/hlo were serialised by XLA.
class HloReaderTest {
  private static final HloLimits LIMITS = HloLimits.ofMemory(1L << 30);

  private static byte[] sample(String name) throws IOException {
    return Files.readAllBytes(Path.of("..", "testdata", "hlo", name + ".hlo.pb"));
  }

  private static List<String> messages(byte[] file) {
    var read = HloReader.read(file, LIMITS);
    assertEquals(read.diagnostics().isEmpty(), read.module().isPresent());
    return read.diagnostics().stream()
        .map(d -> d.code() == Code.BAD_HLO ? d.message() : d.code() + d.message())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"literals", "structured", "shapes", "scalar_window"})
  void readsWhatXlaWrote(String name) throws IOException {
    var read = HloReader.read(sample(name), LIMITS);
    assertEquals(List.of(), read.diagnostics());
    String golden = Files.readString(Path.of("..", "testdata", "hlo", name + ".hlo.txt"));
    String header = golden.substring(0, golden.indexOf('\n'));
    String text = HloText.print(read.module().orElseThrow());
    assertEquals(
        golden.substring(header.length()), text.substring(text.indexOf('\n')), "same instructions");
    assertEquals(List.of(), HloVerifier.verify(read.module().orElseThrow(), LIMITS));
  }

  @Test
  void numbersAnewInThirtyOneBits() throws IOException {
    HloModuleProto raw = HloModuleProto.parseFrom(sample("structured"));
    assertTrue(raw.getComputations(1).getRootId() > Integer.MAX_VALUE, "XLA's number");
    HloModuleProto module = HloReader.read(raw.toByteArray(), LIMITS).module().orElseThrow();
    long next = 0;
    for (var computation : module.getComputationsList()) {
      for (var instruction : computation.getInstructionsList()) {
        assertEquals(next++, instruction.getId());
      }
    }
  }

  @Test
  void refusesCustomCalls() throws IOException {
    assertEquals(
        List.of("HLO: opcode \"custom-call\" is not accepted"), messages(sample("custom_call")));
  }

  @Test
  void refusesWhatIsNoModule() {
    assertEquals(
        List.of("the file is not a serialised HLO module: it has no computations"),
        messages(new byte[0]));
    byte[] text = "HloModule m\n\nENTRY e {}".getBytes(StandardCharsets.UTF_8);
    assertTrue(messages(text).getFirst().startsWith("the file is not a serialised HLO module: "));
  }

  @Test
  void everyPrefixOfAFileIsRefused() throws IOException {
    byte[] file = sample("structured");
    for (int length = 0; length < file.length; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(file, length);
      // A cut between two fields of the module leaves a module that lacks what came after.
      assertTrue(!messages(cut).isEmpty(), "cut at " + length);
    }
  }

  @Test
  void refusesAFieldThatItDoesNotKnow() throws IOException {
    var raw = HloModuleProto.parseFrom(sample("scalar_window")).toBuilder();
    var sharding =
        UnknownFieldSet.newBuilder()
            .addField(
                44,
                UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFrom(new byte[] {8, 1}))
                    .build())
            .build();
    raw.getComputationsBuilder(1).getInstructionsBuilder(0).setUnknownFields(sharding);
    assertTrue(
        messages(raw.build().toByteArray()).getFirst().contains("fields that Girih lacks: [44]"));
  }

  @Test
  void refusesPlacements() throws IOException {
    var raw = HloModuleProto.parseFrom(sample("scalar_window")).toBuilder();
    raw.getComputationsBuilder(1)
        .getInstructionsBuilder(0)
        .setSharding(OpSharding.getDefaultInstance());
    assertEquals(
        List.of("HLO: a sharding: a file's module runs on one device"),
        messages(raw.build().toByteArray()));
  }
}
