package org.girih.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.host.run.FileLoader;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.passes.Pipelines;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.host.Program;
import org.junit.jupiter.api.Test;

/// Artifacts whose modules somebody changed, loaded from Java: the plugin runs in this process.
class StoredModulesTest extends HostFixture {
  /// A comparator that is no order makes an unstable sort write beyond its array.
  @Test
  void sortsWithoutAnOrder() throws Exception {
    var artifact =
        changed(
            "def f(x: f32[20000]) = sort(x)",
            instruction -> {
              if (instruction.getOpcode().equals("compare")) {
                instruction.setComparisonDirection("NE");
              }
              if (instruction.getOpcode().equals("sort")) {
                instruction.setIsStable(false);
              }
            });
    float[] numbers = new float[20000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i * 7919 % 1000;
    }
    try (var program = Program.load(device, artifact);
        var call = program.function("f").prepare()) {
      float[] out = call.add(numbers).floats();
      float[] given = numbers.clone();
      Arrays.sort(given);
      Arrays.sort(out);
      assertArrayEquals(given, out); // in some order
    }
  }

  @Test
  void modulesThatAreRefused() throws Exception {
    var artifact =
        changed(
            "def f(x: f32[3]) = exp(x)",
            instruction -> {
              if (instruction.getOpcode().startsWith("exp")) {
                instruction.setOpcode("custom-call").setCustomCallTarget("abort");
              }
            });
    try (var program = Program.load(device, artifact);
        var call = program.function("f").prepare()) {
      call.add(1, 2, 3f);
      var refused = assertThrows(IllegalStateException.class, call::floats);
      assertTrue(
          refused.getMessage().startsWith("the module of `f` of f.girihx is refused: HLO: "),
          refused.getMessage());
      var again = assertThrows(IllegalStateException.class, call::floats);
      assertEquals(refused.getMessage(), again.getMessage());
    }
  }

  @Test
  void bytesThatAreNoModule() throws Exception {
    var artifact = artifact("def f(x: f32[3]) = exp(x)", bytes -> new byte[] {1, 2, 3});
    try (var program = Program.load(device, artifact);
        var call = program.function("f").prepare()) {
      call.add(1, 2, 3f);
      var refused = assertThrows(IllegalStateException.class, call::floats);
      assertTrue(
          refused.getMessage().contains("not a serialised HLO module"), refused.getMessage());
    }
  }

  private interface Change {
    byte[] of(byte[] module) throws Exception;
  }

  private static Artifact changed(String text, Consumer<HloInstructionProto.Builder> change)
      throws Exception {
    return artifact(
        text,
        bytes -> {
          var module = HloModuleProto.parseFrom(bytes).toBuilder();
          module
              .getComputationsBuilderList()
              .forEach(c -> c.getInstructionsBuilderList().forEach(change));
          return module.build().toByteArray();
        });
  }

  private static Artifact artifact(String text, Change change) throws Exception {
    var diagnostics = new Diagnostics();
    SourceFile file = SourceParser.parse(new Source("f.girih", text), diagnostics).orElseThrow();
    var built =
        new ArtifactBuilder(
                file,
                new FileLoader(),
                (_, _, _, _) -> Optional.empty(),
                Pipelines.standard(),
                diagnostics)
            .build("test", "f", Collections.singleton("f")::contains)
            .orElseThrow();
    var files = new HashMap<>(built.files());
    String module = built.manifest().functions().getFirst().hlo().orElseThrow();
    files.put(module, change.of(files.get(module)));
    var out = new ByteArrayOutputStream();
    Artifact.write(out, built.manifest(), files);
    return Artifact.read(new ByteArrayInputStream(out.toByteArray()), "f.girihx");
  }
}
