package org.girih.cli.hlo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.girih.cli.hlo.Mutants.Mutant;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloReader;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// No module that is handed over may end the process: it gets a diagnostic, a clean error of the
/// plugin, or its result.
class AbortHuntTest {
  private static final Path SAMPLES = Path.of("..", "testdata", "hlo");
  private static final HloLimits LIMITS = HloLimits.ofMemory(1L << 30);

  @TempDir private Path folder;

  private static List<Mutant> mutants() throws IOException {
    var out = new ArrayList<Mutant>();
    for (String name : List.of("structured", "shapes", "scalar_window")) {
      byte[] file = Files.readAllBytes(SAMPLES.resolve(name + ".hlo.pb"));
      out.addAll(Mutants.of(name, HloModuleProto.parseFrom(file)));
    }
    return out;
  }

  @Test
  void theVerifierIsTotal() throws IOException {
    List<Mutant> all = mutants();
    assertTrue(all.size() > 10_000, all.size() + " mutants");
    int refused = 0;
    for (Mutant mutant : Mutants.sample(all, 3_000)) {
      var read = HloReader.read(mutant.bytes(), LIMITS);
      assertEquals(read.module().isEmpty(), !read.diagnostics().isEmpty(), mutant.name());
      refused += read.module().isEmpty() ? 1 : 0;
    }
    assertTrue(refused > 2_000, refused + " refused");
  }

  @TestFactory
  Stream<DynamicTest> someProcessesLive() throws IOException, PluginException {
    var some = new ArrayList<>(Mutants.sample(mutants(), 6));
    for (Path sample : ForeignModulesTest.samples()) {
      some.add(new Mutant(sample.getFileName().toString(), Files.readAllBytes(sample)));
    }
    return processes(some);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> allProcessesLive() throws IOException, PluginException {
    List<Mutant> all = mutants();
    var accepted = new ArrayList<Mutant>();
    for (Mutant mutant : Mutants.sample(all, 3_000)) {
      if (HloReader.read(mutant.bytes(), LIMITS).module().isPresent()) {
        accepted.add(mutant);
      }
    }
    var chosen = new ArrayList<>(Mutants.sample(all, 120));
    chosen.addAll(Mutants.sample(accepted, 40));
    return processes(chosen);
  }

  private Stream<DynamicTest> processes(List<Mutant> mutants) throws IOException, PluginException {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    Path plugin = PluginSearch.look(Optional.empty(), System.getenv(), cache).library(cache);
    return mutants.stream().map(m -> DynamicTest.dynamicTest(m.name(), () -> lives(plugin, m)));
  }

  private void lives(Path plugin, Mutant mutant) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("mutant.hlo.pb"), mutant.bytes());
    Path out = folder.resolve("out.txt");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path").replace(File.pathSeparator, ":"),
                ExecChild.class.getName(),
                plugin.toString(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    String said = Files.readString(out);
    assertTrue(ended, "does not end: " + said);
    int code = process.exitValue();
    assertTrue(
        code == ExecChild.RAN || code == ExecChild.DIAGNOSTIC, "exit code " + code + ": " + said);
    assertTrue(!said.isBlank(), "nothing said");
  }
}
