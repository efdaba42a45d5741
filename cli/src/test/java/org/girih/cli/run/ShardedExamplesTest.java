package org.girih.cli.run;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.girih.cli.Expectation;
import org.girih.cli.progress.Progress;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.elaborate.HostPlan;
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
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.plugin.PluginSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// Every example that knows nothing of devices runs on several, all of its arrays split: behind
/// each operation stands a constraint that splits the first dimension that the number of devices
/// divides. What it prints is what it prints on one.
class ShardedExamplesTest {
  private static final Path EXAMPLES = Path.of("..", "examples").toAbsolutePath().normalize();

  /// What the fast tests take.
  private static final Set<String> SAMPLE =
      Set.of("conjugate_gradient.girih", "digits.girih", "life.girih", "mlp.girih");

  /// A library, and what takes minutes on this many devices of one processor.
  private static final Set<String> OMITTED =
      Set.of(
          "cartpole.girih",
          "digits_cnn.girih",
          "digits_mlp.girih",
          "dqn.girih",
          "hmc.girih",
          "sonnets.girih",
          "train.girih",
          "transformer.girih",
          "vae.girih");

  private record Machines(Path plugin, int devices) {}

  private static final Map<Machines, Client> CLIENTS = new HashMap<>();

  private static Client client(Path plugin, int devices) throws Exception {
    var machines = new Machines(plugin, devices);
    Client client = CLIENTS.get(machines);
    if (client == null) {
      client = Client.create(Plugin.load(plugin), devices);
      CLIENTS.put(machines, client);
    }
    return client;
  }

  @AfterAll
  static void close() {
    CLIENTS.values().forEach(Client::close);
    CLIENTS.clear();
  }

  @TestFactory
  Stream<DynamicTest> onTwoDevices() throws Exception {
    return over(defaultPlugin(), 2, SAMPLE::contains);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onEachNumberOfDevices() throws Exception {
    Path plugin = defaultPlugin();
    return Stream.of(2, 4, 8).flatMap(n -> over(plugin, n, name -> !OMITTED.contains(name)));
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> onTheNewerPlugin() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    Path plugin = cache.require(PluginPackage.CPU_NEWER).library();
    return Stream.of(2, 4, 8).flatMap(n -> over(plugin, n, name -> !OMITTED.contains(name)));
  }

  private static Path defaultPlugin() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    return PluginSearch.look(Optional.empty(), System.getenv(), cache).library(cache);
  }

  private static Stream<DynamicTest> over(Path plugin, int devices, Predicate<String> which) {
    return Stream.of(EXAMPLES.toFile().list())
        .sorted()
        .filter(name -> name.endsWith(".girih") && !name.startsWith("devices_"))
        .filter(which)
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name + " on " + devices, () -> run(client(plugin, devices), name)));
  }

  private static void run(Client client, String name) throws Exception {
    HostPlan plan = plan(EXAMPLES.resolve(name));
    var mesh = new Mesh(List.of(new Mesh.Axis("d", client.devices().size())));
    var sharded = new HostPlan(split(plan.program(), mesh), plan.steps(), plan.slots(), mesh);
    var out = new ByteArrayOutputStream();
    try (var driver =
        new HostDriver(
            sharded,
            client,
            null,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new Progress(System.err, false, 80),
            (source, path) -> EXAMPLES.resolve(path),
            Map.of())) {
      driver.run();
    }
    Expectation.of(name.replace(".girih", "")).hold(out.toString(StandardCharsets.UTF_8));
  }

  private static HostPlan plan(Path file) {
    var loader = new FileLoader();
    var diagnostics = new Diagnostics();
    var plan =
        loader
            .main(file, diagnostics)
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
