package org.girih.cli.library;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.FileLoader;
import org.girih.host.run.ProgramRun;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.passes.Pipelines;
import org.girih.passes.interpreter.Interpreter;
import org.girih.passes.interpreter.Tensor;
import org.girih.passes.scalar.Scalar;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// First and second derivatives under two `vmap`s of random compositions of library functions, on
/// arguments of the run, agree with the interpreter, in `f64`. What changes much with the last bits
/// of its arguments is left out: at a kink either side is right.
final class CompositionLawsTest {
  /// So many compositions share a module.
  private static final int TOGETHER = 12;

  private static final int LANES = 3;

  /// Rounding of some hundred operations, magnified by derivatives.
  private static final double NEAR = 1e-7;

  @Test
  void aFew() throws Exception {
    hold(PluginPackage.CPU, 0, 5);
  }

  /// `-Dgirih.modules=1000` takes more of them, from `-Dgirih.compositions=SEED` on.
  @Test
  @Tag("full")
  void thousands() throws Exception {
    hold(
        PluginPackage.CPU,
        Long.getLong("girih.compositions", 1000),
        Integer.getInteger("girih.modules", 170));
  }

  @Test
  @Tag("full")
  void someOnTheOtherPlugins() throws Exception {
    for (PluginPackage each : PluginPackage.all()) {
      if (each.keyword().startsWith("cpu") && !each.equals(PluginPackage.CPU)) {
        hold(each, 5000, 4);
      }
    }
  }

  private static void hold(PluginPackage plugin, long seed, int modules) throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    Path library = cache.require(plugin).library();
    // Each module waits for the interpreter, then for the plugin's compiler.
    try (Client client = Client.create(Plugin.load(library))) {
      LongStream.range(seed, seed + modules)
          .parallel()
          .mapToObj(module -> problem(client, module))
          .flatMap(Optional::stream)
          .findFirst()
          .ifPresent(problem -> fail(plugin.keyword() + ", " + problem));
    }
  }

  /// Returns what is wrong with the compositions of a module.
  private static Optional<String> problem(Client client, long module) {
    var random = new Random(module);
    var all =
        IntStream.range(0, TOGETHER)
            .mapToObj(_ -> Composition.scalar(random, 2 + random.nextInt(3)))
            .toList();
    List<Tensor> arguments = List.of(points(random), points(random));
    return wrong(client, all, arguments)
        .map(
            wrong -> {
              Composition bad = all.get(wrong.index());
              // Alone it may be compiled otherwise, and be right.
              Composition least =
                  wrong(client, List.of(bad), arguments).isPresent()
                      ? shrunk(client, bad, arguments)
                      : bad;
              return "module " + module + ": " + least.text() + wrong.what();
            });
  }

  private static Tensor points(Random random) {
    return Tensor.of(
        ArrayType.of(DType.F64, LANES, Composition.SIZE),
        _ -> new Scalar.Real(Math.round(random.nextGaussian() * 64) / 64.0));
  }

  private static Composition shrunk(Client client, Composition bad, List<Tensor> arguments) {
    Composition now = bad;
    while (true) {
      var smaller =
          now.smaller().filter(c -> wrong(client, List.of(c), arguments).isPresent()).findFirst();
      if (smaller.isEmpty()) {
        return now;
      }
      now = smaller.get();
    }
  }

  /// @param index of the composition
  private record Wrong(int index, String what) {}

  /// The first composition whose derivatives differ, if one does.
  private static Optional<Wrong> wrong(
      Client client, List<Composition> all, List<Tensor> arguments) {
    Program program = program(all, arguments);
    Entry entry = program.entries().getFirst();
    var interpreter = new Interpreter(program);
    List<Tensor> due = interpreter.run(entry.func(), arguments);
    List<Tensor> beside = interpreter.run(entry.func(), moved(arguments));
    List<Tensor> got =
        ProgramRun.execute(
            client, program, entry, arguments.stream().map(Tensor::literal).toList());
    for (int i = 0; i < due.size(); i++) {
      for (int k = 0; k < due.get(i).elements().length; k++) {
        double expected = real(due.get(i), k);
        double near = real(beside.get(i), k);
        double bound = NEAR * (1 + Math.abs(expected));
        boolean steady = Math.abs(near - expected) <= bound / 10;
        double actual = real(got.get(i), k);
        if (steady && !(Math.abs(actual - expected) <= bound)) {
          return Optional.of(
              new Wrong(i / 2, ": expected " + expected + ", got " + actual + " at " + k));
        }
      }
    }
    return Optional.empty();
  }

  private static double real(Tensor tensor, int i) {
    return ((Scalar.Real) tensor.elements()[i]).value();
  }

  private static List<Tensor> moved(List<Tensor> arguments) {
    var random = new Random(7);
    return arguments.stream()
        .map(
            a ->
                Tensor.of(
                    a.type(),
                    i -> new Scalar.Real(real(a, i) + 1e-13 * (random.nextDouble() - 0.5))))
        .toList();
  }

  private static Program program(List<Composition> all, List<Tensor> arguments) {
    var source = new StringBuilder("import nn, optim\n");
    var results = new ArrayList<String>();
    for (int i = 0; i < all.size(); i++) {
      source.append("def f%d(p) = %s\n".formatted(i, all.get(i).text()));
      results.add("vmap((w, k) -> vmap(k -> grad(f%d)(w + k))(k))(w, k2)".formatted(i));
      results.add(
          "vmap((w, k) -> vmap(k -> jvp(grad(f%d), (w * k,), (k,))[1])(k))(w, k3)".formatted(i));
    }
    source.append(
        "def main(w, k) {\n  let k2 = stack((k, k, k))\n  let k3 = stack((w, k, w))\n  (");
    source.append(String.join(",\n   ", results)).append(")\n}\n");
    String text = source.toString();
    var diagnostics = new Diagnostics();
    var file =
        SourceParser.parse(new Source("composition.girih", text), diagnostics)
            .orElseThrow(() -> new AssertionError(diagnostics.all() + text));
    Map<String, EntryCall.Arg> types =
        Map.of(
            "w", new EntryCall.Arg.Arrays(Map.of("", arguments.getFirst().type())),
            "k", new EntryCall.Arg.Arrays(Map.of("", arguments.getLast().type())));
    return Elaborator.elaborate(
            file, Optional.of(new EntryCall("main", types)), new FileLoader(), diagnostics)
        .map(HostPlan::program)
        .map(p -> Pipelines.standard().run(p, diagnostics))
        .orElseThrow(() -> new AssertionError(diagnostics.all() + text));
  }
}
