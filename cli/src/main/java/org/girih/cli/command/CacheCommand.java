package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.EntryCompiler;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.cache.CompileCache;
import org.girih.runtime.pjrt.Client;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih cache`.
@Command(
    name = "cache",
    description = {
      "Show the cache of compiled programs, explain its hits and misses, or clear it.",
      "GIRIH_COMPILE_CACHE says how many MiB it may take (1024), or turns it off (off)."
    },
    footer = {
      "",
      "Examples:",
      "  girih cache",
      "  girih cache explain examples/digits.girih",
      "  girih cache clear"
    })
final class CacheCommand implements java.util.concurrent.Callable<Integer> {
  private final Terminal terminal;

  CacheCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Returns the cache, or the exit code of why there is none.
  private Optional<CompileCache> cache() throws RunProblem {
    try {
      return CachingCompiler.cache(terminal.environment());
    } catch (IllegalArgumentException e) {
      throw new RunProblem(Diagnostic.error(Code.BAD_CACHE, e.getMessage()));
    }
  }

  @Override
  public Integer call() {
    try {
      var cache = cache();
      if (cache.isEmpty()) {
        terminal.out().println("turned off by " + CachingCompiler.VARIABLE);
      } else {
        CompileCache.Size size = cache.get().size();
        terminal
            .out()
            .println(
                "%s: %d programs, %.1f of %d MiB"
                    .formatted(
                        cache.get().folder(),
                        size.entries(),
                        size.bytes() / (double) (1 << 20),
                        cache.get().limit() >> 20));
      }
      terminal.out().flush();
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  @Command(
      name = "clear",
      description = "Remove every entry.",
      footer = {"", "Example:", "  girih cache clear"})
  int clear() {
    try {
      var cache = cache();
      int removed = cache.isPresent() ? cache.get().clear() : 0;
      terminal.out().println("removed " + removed + (removed == 1 ? " program" : " programs"));
      terminal.out().flush();
      return 0;
    } catch (IOException e) {
      return terminal.fail(
          Diagnostic.error(Code.BAD_CACHE, "cannot clear the cache: " + e.getMessage()));
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  @Command(
      name = "explain",
      description =
          "Say for each compiled part of a program whether a run would find it, or why not.",
      footer = {"", "Example:", "  girih cache explain examples/digits.girih"})
  int explain(
      @Parameters(paramLabel = "FILE", description = "A .girih file.") Path file,
      @Option(names = "--entry", paramLabel = "DEF", description = "As for run.") String entry,
      @Option(names = "--arg", paramLabel = "NAME=VALUE", description = "As for run.")
          List<String> args,
      @Mixin PassOptions passes,
      @Mixin PluginOption plugin) {
    var sources = new Sources();
    var plan =
        sources
            .parse(file)
            .flatMap(
                f -> sources.plan(f, Optional.ofNullable(entry), args == null ? List.of() : args))
            .flatMap(p -> sources.optimized(p, passes));
    terminal.print(sources.diagnostics());
    if (plan.isEmpty()) {
      return 1;
    }
    long devices = plan.get().mesh().devices();
    try (var client = plugin.open(terminal, (int) devices);
        var compiler = PluginOption.compiler(client, devices, terminal)) {
      for (int i = 0; i < plan.get().program().entries().size(); i++) {
        terminal.out().println(line(plan.get(), i, client, compiler));
      }
      terminal.out().flush();
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private static String line(HostPlan plan, int entry, Client client, CachingCompiler compiler) {
    var func = plan.program().func(plan.program().entries().get(entry).func());
    String place = EntryCompiler.place(func);
    if (plan.mesh().devices() > 1 && !func.block().params().isEmpty()) {
      return place + ": on several devices only the run knows: it hangs on where its arguments lie";
    }
    return place
        + ": "
        + compiler
            .look(EntryCompiler.identity(plan, entry, client))
            .map(
                answer ->
                    switch (answer) {
                      case CompileCache.Answer.Hit(var bytes) ->
                          "hit, %.1f KiB".formatted(bytes.length / 1024.0);
                      case CompileCache.Answer.Miss(var why) -> "miss: " + why;
                    })
            .orElse("the cache is turned off");
  }
}
