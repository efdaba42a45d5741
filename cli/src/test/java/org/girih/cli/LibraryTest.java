package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.FileLoader;
import org.girih.host.run.HostDriver;
import org.girih.host.run.RunOptions;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.passes.Pipelines;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginSearch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The `test` blocks of the standard library.
class LibraryTest {
  private static Client client;

  @BeforeAll
  static void open() throws Exception {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), new PrintStream(System.err));
    var search = PluginSearch.look(Optional.empty(), System.getenv(), cache);
    client = Client.create(Plugin.load(search.library(cache)));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @TestFactory
  Stream<DynamicTest> tests() {
    return Elaborator.library().stream()
        .flatMap(
            file ->
                file.items().stream()
                    .filter(Item.Test.class::isInstance)
                    .map(Item.Test.class::cast)
                    .map(
                        test ->
                            DynamicTest.dynamicTest(
                                test.span().source().name() + ": " + test.name(),
                                () -> run(file, test))));
  }

  @Test
  void everyLibraryHasSome() {
    for (SourceFile file : Elaborator.library()) {
      assertTrue(file.items().stream().anyMatch(Item.Test.class::isInstance), file.source().name());
    }
  }

  private static void run(SourceFile file, Item.Test test) throws Exception {
    var diagnostics = new Diagnostics();
    HostPlan plan =
        Elaborator.test(file, test, new FileLoader(), diagnostics)
            .map(p -> p.with(Pipelines.standard().run(p.program(), diagnostics)))
            .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    assertEquals(List.of(), diagnostics.all());
    try (var compiler =
            CachingCompiler.of(client, 1, Map.of(CachingCompiler.VARIABLE, "off"), System.err);
        var driver =
            new HostDriver(
                plan,
                client,
                compiler,
                RunOptions.of(
                    new PrintStream(PrintStream.nullOutputStream()),
                    (source, path) -> Path.of(path)))) {
      driver.run();
    }
  }
}
