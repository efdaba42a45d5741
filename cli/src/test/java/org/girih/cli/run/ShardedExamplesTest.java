package org.girih.cli.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.girih.cli.Expectation;
import org.girih.cli.plot.Plots;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.FileLoader;
import org.girih.host.run.HostDriver;
import org.girih.host.run.Machines;
import org.girih.host.run.RunOptions;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Shard;
import org.girih.ir.program.Block;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Mesh;
import org.girih.ir.type.Value;
import org.girih.passes.Pipelines;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every example that knows nothing of devices runs on several, all of its arrays split: behind
/// each operation stands a constraint that splits the first dimension that the number of devices
/// divides. What it prints is what it prints on one.
class ShardedExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  /// What the fast tests take.
  private static final Set<String> SAMPLE =
      Set.of("conjugate_gradient.girih", "digits.girih", "life.girih", "mlp.girih");

  /// What takes minutes on this many devices of one processor learns for a shorter time: here texts
  /// and what stands for them. What they print then is compared with what they print on one device.
  private static final Map<String, Map<String, String>> SHORTER =
      Map.of(
          "digits_cnn.girih", Map.of("let epochs = 15", "let epochs = 1", "hits > 97", "hits > 0"),
          "digits_mlp.girih", Map.of("arange(20)", "arange(2)"),
          "dqn.girih",
              Map.of("let steps = 40000", "let steps = 40", "0..5", "0..1", ">= 475", ">= 0"),
          "hmc.girih",
              Map.of(
                  "run_key, 400",
                  "run_key, 8",
                  "draws[100:]",
                  "draws[2:]",
                  "(1200, 65)",
                  "(24, 65)"),
          "sonnets.girih",
              Map.of("let steps = 800", "let steps = 16", "write_key, 300", "write_key, 3"),
          "train.girih", Map.of("0..20", "0..1"),
          "transformer.girih", Map.of("0..10", "0..1"),
          "vae.girih", Map.of("0..60", "0..1"));

  /// A library.
  private static final String LIBRARY = "cartpole.girih";

  private static final Machines MACHINES = new Machines();

  /// The examples with some shorter than they are; what they write stands here too.
  @TempDir static Path folder;

  @BeforeAll
  static void copy() throws Exception {
    Files.createDirectory(folder.resolve("data"));
    for (Path file : files(EXAMPLES.resolve("data"))) {
      Files.copy(file, folder.resolve("data").resolve(file.getFileName()));
    }
    for (Path file : files(EXAMPLES)) {
      String name = file.getFileName().toString();
      if (name.endsWith(".girih")) {
        String text = Files.readString(file);
        for (var change : SHORTER.getOrDefault(name, Map.of()).entrySet()) {
          assertTrue(text.contains(change.getKey()), change.getKey() + " in " + name);
          text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(folder.resolve(name), text);
      }
    }
  }

  private static List<Path> files(Path folder) throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @AfterAll
  static void close() {
    MACHINES.close();
  }

  @TestFactory
  Stream<DynamicTest> onTwoDevices() throws Exception {
    return over(Machines.defaultPlugin(), 2, SAMPLE::contains);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onEachNumberOfDevices() throws Exception {
    Path plugin = Machines.defaultPlugin();
    return Stream.of(2, 4, 8).flatMap(n -> over(plugin, n, name -> !name.equals(LIBRARY)));
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onTheOlderPlugins() throws Exception {
    return Machines.olderPlugins().stream()
        .flatMap(plugin -> over(plugin, 4, name -> !name.equals(LIBRARY)));
  }

  private static Stream<DynamicTest> over(Path plugin, int devices, Predicate<String> which) {
    return Stream.of(EXAMPLES.toFile().list())
        .sorted()
        .filter(name -> name.endsWith(".girih") && !name.startsWith("devices_"))
        .filter(which)
        .map(
            name ->
                DynamicTest.dynamicTest(name + " on " + devices, () -> run(plugin, devices, name)));
  }

  private static void run(Path plugin, int devices, String name) throws Exception {
    HostPlan plan = plan(name);
    var mesh = new Mesh(List.of(new Mesh.Axis("d", devices)));
    var sharded = new HostPlan(split(plan.program(), mesh), plan.steps(), plan.slots(), mesh);
    String printed = printed(sharded, MACHINES.client(plugin, devices));
    if (SHORTER.containsKey(name)) {
      new Expectation(printed(plan, MACHINES.client(plugin, 1))).hold(printed, 10);
    } else {
      Expectation.of(name.replace(".girih", "")).hold(printed);
    }
  }

  private static String printed(HostPlan plan, Client client) throws Exception {
    var out = new ByteArrayOutputStream();
    int devices = (int) plan.mesh().devices();
    try (var compiler =
            CachingCompiler.of(
                client, devices, Map.of(CachingCompiler.VARIABLE, "off"), System.err);
        var driver =
            new HostDriver(
                plan,
                client,
                compiler,
                RunOptions.of(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        (source, path) -> folder.resolve(path))
                    .with(new Plots()))) {
      driver.run();
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static HostPlan plan(String name) {
    var loader = new FileLoader();
    var diagnostics = new Diagnostics();
    var plan =
        loader
            .main(folder.resolve(name), diagnostics)
            .flatMap(f -> Elaborator.elaborate(f, Optional.empty(), loader, diagnostics))
            .map(p -> p.with(Pipelines.standard().run(p.program(), diagnostics)));
    assertFalse(diagnostics.hasErrors(), diagnostics.all().toString());
    return plan.orElseThrow();
  }

  private static Program split(Program program, Mesh mesh) {
    return program.withFuncs(
        program.funcs().values().stream().map(func -> split(func, mesh)).toList());
  }

  /// The same function with a constraint behind each equation.
  private static Func split(Func func, Mesh mesh) {
    Block block = func.block();
    var values = new Value[block.ids()];
    var equations = new ArrayList<Equation>();
    int next = 0;
    for (Value param : block.params()) {
      values[param.id()] = param;
      next++;
    }
    for (Equation each : block.equations()) {
      var results = new ArrayList<Value>();
      for (Value result : each.results()) {
        results.add(new Value(next++, result.type()));
      }
      List<Value> operands = each.operands().stream().map(o -> values[o.id()]).toList();
      equations.add(new Equation(results, each.op(), operands, each.origin()));
      for (int i = 0; i < results.size(); i++) {
        Value placed = results.get(i);
        Optional<Shard> shard = shard(placed.type(), mesh);
        if (shard.isPresent()) {
          placed = new Value(next++, placed.type());
          equations.add(
              new Equation(List.of(placed), shard.get(), List.of(results.get(i)), each.origin()));
        }
        values[each.results().get(i).id()] = placed;
      }
    }
    List<Value> results = block.results().stream().map(r -> values[r.id()]).toList();
    return new Func(func.ref(), new Block(block.params(), equations, results));
  }

  private static Optional<Shard> shard(ArrayType type, Mesh mesh) {
    var devices = BigInteger.valueOf(mesh.devices());
    for (int i = 0; i < type.rank(); i++) {
      var size = BigInteger.valueOf(type.dim(i).known().orElseThrow());
      if (size.signum() > 0 && size.mod(devices).signum() == 0) {
        var split = new ArrayList<List<Integer>>();
        for (int k = 0; k < type.rank(); k++) {
          split.add(k == i ? List.of(0) : List.of());
        }
        return Optional.of(new Shard(mesh.sizes(), split, List.of()));
      }
    }
    return Optional.empty();
  }
}
