package org.girih.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.host.run.HostDriver;
import org.girih.host.run.RunOptions;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Visible;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih test`: each `test` block is run for itself, behind the `let`s of its file.
@Command(
    name = "test",
    description = "Run the `test` blocks of files.",
    footer = {
      "",
      "Examples:",
      "  girih test model.girih",
      "  girih test model.girih --only shapes",
      "  girih test model.girih --junit reports"
    })
final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "A .girih file.")
  private List<Path> files;

  @Option(names = "--only", paramLabel = "TEXT", description = "Tests whose name has this in it.")
  private String only = "";

  @Option(
      names = "--check",
      description = "Fail a test at its first NaN, infinity or index out of bounds.")
  private boolean check;

  @Option(
      names = "--junit",
      paramLabel = "DIR",
      description = "A folder for JUnit's XML reports, one a file.")
  private Path reports;

  @Mixin private WarningsOption warnings;

  @Mixin private PassOptions passes;

  @Mixin private PluginOption plugin;

  private final List<JUnitReport.Case> cases = new ArrayList<>();
  private final Map<Integer, Client> clients = new HashMap<>();
  private final Map<Integer, CachingCompiler> compilers = new HashMap<>();
  private int passed;
  private int failed;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      for (Path path : files) {
        cases.clear();
        file(path);
        if (reports != null) {
          JUnitReport.write(reports, path, cases);
        }
      }
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    } finally {
      compilers.values().forEach(CachingCompiler::close);
      clients.values().forEach(Client::close);
    }
    passes.tell(terminal);
    terminal.out().println(passed + " passed, " + failed + " failed");
    terminal.out().flush();
    return failed == 0 ? 0 : 1;
  }

  private void file(Path path) throws RunProblem {
    var sources = new Sources();
    var parsed = sources.parse(path);
    if (parsed.isEmpty()) {
      failed++;
      terminal.print(warnings.of(sources.diagnostics()));
      cases.add(new JUnitReport.Case("parses", 0, sources.diagnostics().all()));
      return;
    }
    List<Item> items = parsed.get().items();
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Item.Test test && test.name().contains(only)) {
        test(path, i);
      }
    }
  }

  /// Returns a client with that many devices, made once.
  private Client client(int devices) throws RunProblem {
    Client client = clients.get(devices);
    if (client == null) {
      client = plugin.open(terminal, devices);
      clients.put(devices, client);
      compilers.put(devices, PluginOption.compiler(client, devices, terminal));
    }
    return client;
  }

  /// Runs a test as if it were alone in the file.
  private void test(Path path, int index) throws RunProblem {
    long begin = System.nanoTime();
    var sources = new Sources();
    Diagnostics problems = sources.diagnostics();
    SourceFile file = sources.parse(path).orElseThrow();
    var test = (Item.Test) file.items().get(index);
    var plan =
        sources
            .plan(file, test)
            .flatMap(
                p ->
                    check
                        ? sources.optimizedWithChecks(p, passes)
                        : sources.optimizedWithAsserts(p, passes));
    if (plan.isPresent()) {
      int devices = (int) plan.get().mesh().devices();
      Client client = client(devices);
      RunOptions options = terminal.options(sources);
      if (sources.checked().isPresent()) {
        options = options.with(sources.checked().get());
      }
      try (var driver = new HostDriver(plan.get(), client, compilers.get(devices), options)) {
        driver.run();
      } catch (RunProblem e) {
        problems.add(e.diagnostic());
      }
    }
    boolean good = !problems.hasErrors();
    double seconds = (System.nanoTime() - begin) / 1e9;
    cases.add(new JUnitReport.Case(test.name(), seconds, good ? List.of() : problems.all()));
    terminal.out().println((good ? "ok      " : "FAILED  ") + Visible.text(test.name()));
    if (good) {
      passed++;
    } else {
      failed++;
    }
    terminal.print(problems);
  }
}
