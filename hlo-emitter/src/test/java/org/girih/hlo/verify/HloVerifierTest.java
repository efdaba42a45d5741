package org.girih.hlo.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.PrimitiveType;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each case breaks one instruction of a module that XLA wrote and that is accepted as it is; the
/// message that is due says which rule caught it. Sizes in the samples are in testdata/hlo.
class HloVerifierTest {
  private static final HloLimits LIMITS = HloLimits.ofMemory(1L << 30);

  private static HloModuleProto sample(String name) {
    try {
      byte[] file = Files.readAllBytes(Path.of("..", "testdata", "hlo", name + ".hlo.pb"));
      return HloReader.read(file, LIMITS).module().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Case(
      String sample,
      String instruction,
      String due,
      Consumer<HloInstructionProto.Builder> change) {}

  private static Case shape(
      String instruction, String due, Consumer<HloInstructionProto.Builder> change) {
    return new Case("shapes", instruction, due, change);
  }

  private static Case structure(
      String instruction, String due, Consumer<HloInstructionProto.Builder> change) {
    return new Case("structured", instruction, due, change);
  }

  private static List<Case> cases() {
    return List.of(
        shape("a", "dimensions [1, 1] repeats", i -> i.setDimensions(1, 1)),
        shape("a", "dimensions [1, 2] of 2", i -> i.setDimensions(1, 2)),
        shape("a", "dimensions [1] of f32[3,4]", i -> i.clearDimensions().addDimensions(1)),
        shape("b", "does not ascend", i -> i.setDimensions(0, 2).setDimensions(1, 1)),
        shape("b", "dimension 0 of f32[3,4]", i -> i.setDimensions(0, 0)),
        shape("c", "reshape of f32[3,4] to f32[13]", i -> dim(i, 0, 13)),
        shape("d", "dimensions [0, 5] of 2", i -> i.setDimensions(1, 5)),
        shape("e1", "range 0:9:2", i -> i.getSliceDimensionsBuilder(1).setLimit(9)),
        shape("e1", "range 0:4:0", i -> i.getSliceDimensionsBuilder(1).setStride(0)),
        shape("e1", "range -1:2:1", i -> i.getSliceDimensionsBuilder(0).setStart(-1)),
        shape("e1", "1 ranges of", i -> i.removeSliceDimensions(0)),
        shape("e1", "its operands give f32[2,2]", i -> dim(i, 1, 3)),
        shape(
            "f",
            "interior padding -1",
            i -> i.getPaddingConfigBuilder().getDimensionsBuilder(1).setInteriorPadding(-1)),
        shape(
            "f",
            "a size leaves 64 bits",
            i ->
                i.getPaddingConfigBuilder()
                    .getDimensionsBuilder(0)
                    .setInteriorPadding(Long.MAX_VALUE)),
        shape(
            "f",
            "leaves -2",
            i -> i.getPaddingConfigBuilder().getDimensionsBuilder(0).setEdgePaddingLow(-7)),
        shape("f", "padding value", i -> i.setOperandIds(1, i.getOperandIds(0))),
        shape("f", "padding of 0 dimensions", i -> i.clearPaddingConfig()),
        shape("g", "dimension 2 of 2", i -> i.setDimensions(0, 2)),
        shape("g", "needs one dimension", i -> i.clearDimensions()),
        shape("h", "sizes [1, 5]", i -> i.setDynamicSliceSizes(1, 5)),
        shape("h", "2 operands, not 3", i -> operands(i, 0, 1)),
        shape("h", "position f32[3,4]", i -> operands(i, 0, 0, 0)),
        shape("j", "block f32[3,4] in", i -> operands(i, 1, 0, 2, 3)),
        shape("l", "slice sizes [2, 4]: dimension 0 goes", i -> i.setGatherSliceSizes(0, 2)),
        shape("l", "slice sizes [1, 5]", i -> i.setGatherSliceSizes(1, 5)),
        shape("l", "slice sizes [1] of", i -> i.clearGatherSliceSizes().addGatherSliceSizes(1)),
        shape(
            "l", "offset_dims [2]", i -> i.getGatherDimensionNumbersBuilder().setOffsetDims(0, 2)),
        shape(
            "l",
            "indexed dimensions [2]",
            i -> i.getGatherDimensionNumbersBuilder().setStartIndexMap(0, 2)),
        shape(
            "l",
            "index_vector_dim 3",
            i -> i.getGatherDimensionNumbersBuilder().setIndexVectorDim(3)),
        shape(
            "l",
            "index_vector_dim -1",
            i -> i.getGatherDimensionNumbersBuilder().setIndexVectorDim(-1)),
        shape(
            "l",
            "removed dimensions [-1]",
            i -> i.getGatherDimensionNumbersBuilder().setCollapsedSliceDims(0, -1)),
        shape("l", "no dimension numbers", i -> i.clearGatherDimensionNumbers()),
        shape(
            "l2",
            "batching dimensions",
            i -> i.getGatherDimensionNumbersBuilder().setOperandBatchingDims(0, 1)),
        shape("m", "2 called computations", i -> i.addCalledComputationIds(0)),
        shape("m", "the called computation gives", i -> i.setCalledComputationIds(0, 1)),
        shape("m", "update", i -> operands(i, 0, 1, 1)),
        shape("m", "2 operands", i -> operands(i, 0, 1)),
        shape("n", "sizes of dimension 1", i -> contract(i, 1)),
        shape(
            "n",
            "share one",
            i -> {
              contract(i, 0);
              i.getDotDimensionNumbersBuilder().setRhsContractingDimensions(0, 0);
            }),
        shape("n", "dimensions [7] of 3", i -> contract(i, 7)),
        shape(
            "n", "precisions of 3", i -> i.getPrecisionConfigBuilder().addOperandPrecisionValue(0)),
        shape(
            "n",
            "precision [2, 9]",
            i -> i.getPrecisionConfigBuilder().setOperandPrecisionValue(1, 9)),
        shape("n", "precision algorithm 3", i -> i.getPrecisionConfigBuilder().setAlgorithm(3)),
        shape("o", "a window of 1 dimensions", i -> i.getWindowBuilder().removeDimensions(0)),
        shape("o", "window size 0", i -> i.getWindowBuilder().getDimensionsBuilder(0).setSize(0)),
        shape("o", "stride 0", i -> i.getWindowBuilder().getDimensionsBuilder(0).setStride(0)),
        shape(
            "o",
            "a size leaves 64 bits",
            i ->
                i.getWindowBuilder()
                    .getDimensionsBuilder(0)
                    .setPaddingLow(Long.MAX_VALUE)
                    .setPaddingHigh(Long.MAX_VALUE)),
        shape(
            "q",
            "a dilated window",
            i -> i.getWindowBuilder().getDimensionsBuilder(0).setWindowDilation(2)),
        shape("q", "source", i -> operands(i, 0, 0, 2)),
        shape(
            "cv",
            "dimension numbers",
            i -> i.getConvolutionDimensionNumbersBuilder().setInputFeatureDimension(0)),
        shape("cv", "4 features in 3 groups", i -> i.setFeatureGroupCount(3)),
        shape("cv", "-1 batch groups", i -> i.setBatchGroupCount(-1)),
        shape("cv", "window size 2", i -> i.getWindowBuilder().getDimensionsBuilder(0).setSize(2)),
        shape("c1", "no square matrices", i -> i.setOperandIds(0, id("shapes", "x"))),
        shape(
            "c2", "transpose_a 0", i -> i.getTriangularSolveOptionsBuilder().setTransposeAValue(0)),
        shape("ff", "lengths [5]", i -> i.setFftLength(0, 5)),
        shape("ff", "fft type 9", i -> i.setFftTypeValue(9)),
        shape("ff", "FFT of f32", i -> i.setFftTypeValue(0)),
        shape("rp", "precision e0m10", i -> i.setExponentBits(0)),
        shape("tk", "k = 5", i -> i.setK(5)),
        shape("tk", "k = -1", i -> i.setK(-1)),
        shape("rn", "state u64[2] of RNG_DEFAULT", i -> i.setRngAlgorithmValue(0)),
        shape("cp", "bitcast of f32[3,4]", i -> type(i, PrimitiveType.S8)),
        shape("un", "exponential of s32", i -> i.setOperandIds(0, id("shapes", "i"))),
        shape("un", "is not accepted", i -> i.setOpcode("all-reduce")),
        shape("un", "opcode \"\" is not accepted", i -> i.clearOpcode()),
        shape("un", "has a DIMENSIONS", i -> i.addDimensions(0)),
        shape("un", "has a CALLEES", i -> i.addCalledComputationIds(0)),
        shape("un", "0 operands, not 1", i -> i.clearOperandIds()),
        shape("un", "is not before it", i -> i.setOperandIds(0, i.getId())),
        shape("un", "operand -1", i -> i.setOperandIds(0, -1)),
        shape("un", "operand 0 is not before it in its computation", i -> i.setOperandIds(0, 0)),
        shape("un", "element type 99", i -> i.getShapeBuilder().setElementTypeValue(99)),
        shape("un", "element type TOKEN", i -> type(i, PrimitiveType.TOKEN)),
        shape("un", "dimension of size -1", i -> dim(i, 0, -1)),
        shape("un", "an array of [4611686018427387904, 4]", i -> dim(i, 0, 1L << 62)),
        shape("un", "takes 2147483648 bytes", i -> dim(i, 0, 1L << 27)),
        shape("un", "a dynamic dimension", i -> i.getShapeBuilder().addIsDynamicDimension(true)),
        shape("un", "is not a permutation", i -> minor(i, 0, 0)),
        shape("un", "a layout of 1 dimensions for 2", i -> minor(i, 0)),
        shape("un", "the name", i -> i.setName("a b")),
        shape("un", "a name of 0 letters", i -> i.setName("")),
        shape("un", "is taken", i -> i.setName("x.1").setName(name("shapes", "cp"))),
        shape("un", "number 0 is out of range or taken", i -> i.setId(0)),
        shape("un", "number -5 is out of range or taken", i -> i.setId(-5)),
        shape("un", "frontend attributes", i -> i.getFrontendAttributesBuilder().putMap("a", "b")),
        shape("un", "control predecessor", i -> i.addControlPredecessorIds(i.getId())),
        shape("k", "dimensions", i -> i.setOpcode("broadcast")),
        shape("zero", "a constant without its literal", i -> i.clearLiteral()),
        shape("zero", "with 2 elements", i -> i.getLiteralBuilder().addF32S(1)),
        shape("zero", "elements of another type", i -> i.getLiteralBuilder().addS32S(1)),
        shape("x", "parameter number", i -> i.setParameterNumber(1)),
        shape("x", "parameters are numbered", i -> i.setParameterNumber(77)),
        structure("w", "3 called computations", i -> i.addCalledComputationIds(0)),
        structure("w", "the called computation takes", i -> i.setCalledComputationIds(0, 0)),
        structure("w", "is not before its caller", i -> i.setCalledComputationIds(0, 7)),
        structure("w", "the called computation gives", i -> i.setCalledComputationIds(1, 4)),
        structure("a", "element 2 of", i -> i.setTupleIndex(2)),
        structure("a", "element -1 of", i -> i.setTupleIndex(-1)),
        structure("a", "but its operands give f32[8]", i -> i.setTupleIndex(1)),
        structure(
            "c", "chooses among 1", i -> i.clearCalledComputationIds().addCalledComputationIds(5)),
        structure("d", "chooses among 0", i -> i.clearCalledComputationIds()),
        structure("s", "dimension 1 of 1", i -> i.setDimensions(0, 1)),
        structure("s", "the called computation takes", i -> i.setCalledComputationIds(0, 1)),
        structure("r", "initial value", i -> i.setOperandIds(2, i.getOperandIds(3))),
        structure("r", "3 operands", i -> operands(i, 0, 1, 2)),
        structure(
            "t", "a tuple within a tuple", i -> i.getShapeBuilder().setTupleShapes(0, pair())),
        structure(
            "e1", "inlineable", i -> i.getFrontendAttributesBuilder().putMap("inlineable", "no")),
        structure("o", "its operands give", i -> i.getShapeBuilder().removeTupleShapes(0)));
  }

  private static void dim(HloInstructionProto.Builder i, int at, long size) {
    i.getShapeBuilder().setDimensions(at, size);
  }

  private static void type(HloInstructionProto.Builder i, PrimitiveType type) {
    i.getShapeBuilder().setElementType(type);
  }

  private static void minor(HloInstructionProto.Builder i, long... order) {
    var layout = i.getShapeBuilder().getLayoutBuilder().clearMinorToMajor();
    for (long d : order) {
      layout.addMinorToMajor(d);
    }
  }

  private static void contract(HloInstructionProto.Builder i, long axis) {
    i.getDotDimensionNumbersBuilder().setLhsContractingDimensions(0, axis);
  }

  /// Keeps the operands at the given places, in that order.
  private static void operands(HloInstructionProto.Builder i, int... places) {
    var old = List.copyOf(i.getOperandIdsList());
    i.clearOperandIds();
    for (int place : places) {
      i.addOperandIds(old.get(place));
    }
  }

  private static ShapeProto pair() {
    return ShapeProto.newBuilder().setElementType(PrimitiveType.TUPLE).build();
  }

  private static HloInstructionProto find(HloModuleProto module, String name) {
    HloComputationProto entry = module.getComputations(module.getComputationsCount() - 1);
    return entry.getInstructionsList().stream()
        .filter(i -> i.getName().equals(name) || i.getName().startsWith(name + "."))
        .findFirst()
        .orElseThrow();
  }

  private static long id(String sample, String name) {
    return find(sample(sample), name).getId();
  }

  private static String name(String sample, String name) {
    return find(sample(sample), name).getName();
  }

  @TestFactory
  Stream<DynamicTest> everyRuleRefuses() {
    return cases().stream()
        .map(c -> dynamicTest(c.instruction() + ": " + c.due(), () -> refused(c)));
  }

  private static void refused(Case c) {
    HloModuleProto module = sample(c.sample());
    var changed = module.toBuilder();
    var entry = changed.getComputationsBuilder(module.getComputationsCount() - 1);
    String name = find(module, c.instruction()).getName();
    for (var instruction : entry.getInstructionsBuilderList()) {
      if (instruction.getName().equals(name)) {
        c.change().accept(instruction);
        break;
      }
    }
    List<String> messages = messages(changed.build());
    assertTrue(messages.stream().anyMatch(m -> m.contains(c.due())), () -> "got " + messages);
  }

  private static List<String> messages(HloModuleProto module) {
    return HloVerifier.verify(module, LIMITS).stream().map(Diagnostic::message).toList();
  }

  private static List<String> changed(Consumer<HloModuleProto.Builder> change) {
    var module = sample("structured").toBuilder();
    change.accept(module);
    return messages(module.build());
  }

  @Test
  void modulesAreChecked() {
    assertEquals(List.of(), changed(m -> {}));
    assertEquals(List.of("HLO: no host_program_shape"), changed(m -> m.clearHostProgramShape()));
    assertEquals(
        List.of("HLO: no entry computation 99"), changed(m -> m.setEntryComputationId(99)));
    assertEquals(
        List.of("HLO: the entry computation is not the last"),
        changed(m -> m.setEntryComputationId(0).setEntryComputationName("add")));
    assertEquals(
        List.of("HLO: entry computation \"x\" is called \"main\""),
        changed(m -> m.setEntryComputationName("x")));
    assertEquals(
        List.of("HLO: an entry parameter is not row-major"),
        messages(
            rowsAndColumns(
                m ->
                    m.getHostProgramShapeBuilder()
                        .getParametersBuilder(0)
                        .getLayoutBuilder()
                        .setMinorToMajor(0, 0)
                        .setMinorToMajor(1, 1))));
    assertEquals(
        List.of("HLO: alias of parameter 9 []"),
        changed(m -> m.getInputOutputAliasBuilder().getEntriesBuilder(0).setParameterNumber(9)));
    assertEquals(
        List.of("HLO: alias of result [7]"),
        changed(
            m -> m.getInputOutputAliasBuilder().getEntriesBuilder(0).setOutputShapeIndex(0, 7)));
    assertEquals(
        List.of("HLO: alias of parameter 1 and result [0], which differ in shape"),
        changed(m -> m.getInputOutputAliasBuilder().getEntriesBuilder(0).setParameterNumber(1)));
    assertEquals(
        List.of("HLO: parameter 0 or result [0] is aliased twice"),
        changed(
            m -> m.getInputOutputAliasBuilder().addEntries(m.getInputOutputAlias().getEntries(0))));
    assertTrue(
        changed(m -> m.getComputationsBuilder(7).setRootId(99))
            .contains("HLO in %main: no root 99"));
    assertTrue(
        changed(m -> m.addComputations(0, m.getComputations(0)))
            .contains("HLO in %add: the name add is taken"));
    assertTrue(
        changed(m -> m.getComputationsBuilder(0).clearProgramShape())
            .contains("HLO in %add: no program_shape"));
  }

  private static HloModuleProto rowsAndColumns(Consumer<HloModuleProto.Builder> change) {
    var module = sample("shapes").toBuilder();
    change.accept(module);
    return module.build();
  }

  private static final ShapeProto SCALAR =
      ShapeProto.newBuilder()
          .setElementType(PrimitiveType.F32)
          .setLayout(org.girih.hlo.proto.LayoutProto.getDefaultInstance())
          .build();

  /// A computation that takes a scalar and calls `callee`, if there is one, so many times in turn.
  private static HloComputationProto calls(int id, long callee, int times) {
    var signature = ProgramShapeProto.newBuilder().addParameters(SCALAR).setResult(SCALAR);
    var out = HloComputationProto.newBuilder().setId(id).setName("c" + id);
    out.setProgramShape(signature);
    long first = (long) id * (times + 1);
    for (int i = 0; i <= times; i++) {
      var instruction =
          HloInstructionProto.newBuilder()
              .setId(first + i)
              .setName("i" + id + "_" + i)
              .setShape(SCALAR)
              .setOpcode(i == 0 ? "parameter" : callee < 0 ? "cosine" : "call");
      if (i > 0) {
        instruction.addOperandIds(first + i - 1);
      }
      if (i > 0 && callee >= 0) {
        instruction.addCalledComputationIds(callee);
      }
      out.addInstructions(instruction);
    }
    return out.setRootId(first + times).build();
  }

  private static HloModuleProto chain(int computations, int times) {
    var module = HloModuleProto.newBuilder().setName("m");
    for (int i = 0; i < computations; i++) {
      module.addComputations(calls(i, i - 1, times));
    }
    HloComputationProto entry = module.getComputations(computations - 1);
    return module
        .setEntryComputationId(entry.getId())
        .setEntryComputationName(entry.getName())
        .setHostProgramShape(entry.getProgramShape())
        .build();
  }

  @Test
  void callsAreBoundInDepth() {
    assertEquals(List.of(), messages(chain(2_000, 1)));
    List<String> messages = messages(chain(5_000, 1));
    assertTrue(messages.getFirst().endsWith("calls more than 2000 deep"), messages.toString());
  }

  @Test
  void callsAreBoundInWhatTheyExpandTo() {
    List<Diagnostic> found = HloVerifier.verify(chain(200, 2), LIMITS);
    assertEquals(Code.TOO_LARGE, found.getFirst().code(), found.toString());
  }

  @Test
  void manyInstructionsAreNoTrouble() {
    assertEquals(List.of(), messages(chain(1, 200_000)));
  }

  @Test
  void errorsAreCollectedUpToABound() {
    var module = chain(1, 1_000).toBuilder();
    for (var instruction : module.getComputationsBuilder(0).getInstructionsBuilderList()) {
      instruction.setOpcode("nonsense");
    }
    var all = new ArrayList<>(HloVerifier.verify(module.build(), LIMITS));
    assertEquals(50, all.size());
  }
}
