package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.passes.Pipelines;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What XLA compiles of a loop that splits its key and samples with the parts, as `learn` of
/// `examples/dqn.girih` does, by instructions and not by time.
///
/// The time grows with the largest fusion, in which XLA computes a number again for each way that
/// leads to it. One call of threefry written out is some 150 instructions, and calls that follow
/// each other were one fusion of 1133 on PJRT API 0.81; 0.115 had not finished after two minutes.
/// Rolled into a loop of its own, the largest fusion has 94.
class CompilationWorkTest {
  /// Twice what there is.
  private static final int MOST = 200;

  private static final String SOURCE =
      """
      def learn((x, key), i) {
        let (key, chance_key, choice_key, start_key, batch_key) = random.split(key, 5)
        let explore = random.bernoulli(chance_key, 0.5, (16,))
        let actions = where(explore, random.randint(choice_key, (16,), 0, 2), i32(x))
        let fresh = vmap(k -> random.uniform(k, ()))(random.split(start_key, 16))
        let chosen = random.randint(batch_key, (16,), 0, minimum((i + 1) * 16, 100))
        ((fresh * f32(actions) + x[chosen % 16], key), sum(x))
      }
      let ((x, _), sums) = scan(learn, (zeros(16), random.key(0)), arange(10))
      print(x, sums)
      """;

  @TempDir Path folder;

  /// The oldest plugin first: it finishes whatever it is given.
  @Test
  void callsOfThreefryShareNoFusion() throws Exception {
    Program program = program();
    for (Path plugin : new Path[] {Machines.olderPlugins().getLast(), Machines.defaultPlugin()}) {
      try (var client = Client.create(Plugin.load(plugin))) {
        for (Entry entry : program.entries()) {
          int largest = largestFusion(compiled(client, program, entry));
          assertTrue(largest <= MOST, largest + " instructions in a fusion on " + plugin);
        }
      }
    }
  }

  private Program program() throws Exception {
    var loader = new FileLoader();
    var diagnostics = new Diagnostics();
    Path file = Files.writeString(folder.resolve("learn.girih"), SOURCE);
    var plan =
        loader
            .main(file, diagnostics)
            .flatMap(f -> Elaborator.elaborate(f, Optional.empty(), loader, diagnostics))
            .map(p -> p.with(Pipelines.standard().run(p.program(), diagnostics)));
    assertFalse(diagnostics.hasErrors(), diagnostics.all().toString());
    return plan.orElseThrow().program();
  }

  private static HloModuleProto compiled(Client client, Program program, Entry entry)
      throws Exception {
    byte[] module = HloEmitter.emit(program, entry).toByteArray();
    var shapes =
        program.func(entry.func()).block().paramTypes().stream().map(RuntimeShapes::of).toList();
    try (var executable = client.compile(module, shapes)) {
      return Stages.module(executable.optimized());
    }
  }

  private static int largestFusion(HloModuleProto module) {
    var fused = new HashSet<Long>();
    for (HloComputationProto computation : module.getComputationsList()) {
      for (HloInstructionProto each : computation.getInstructionsList()) {
        if (each.getOpcode().equals("fusion")) {
          fused.addAll(each.getCalledComputationIdsList());
        }
      }
    }
    return module.getComputationsList().stream()
        .filter(computation -> fused.contains(computation.getId()))
        .mapToInt(HloComputationProto::getInstructionsCount)
        .max()
        .orElse(0);
  }
}
