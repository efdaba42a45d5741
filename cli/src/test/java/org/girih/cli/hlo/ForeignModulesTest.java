package org.girih.cli.hlo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.hlo.HloText;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloReader;
import org.girih.hlo.verify.HloVerifier;
import org.girih.passes.golden.Blessed;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// `testdata/hlo/foreign`: modules that plugins died of, never ended on or computed wrongly. Each
/// `.out` has the lines that are new after rewriting, or why the module is refused; that the
/// processes live is [AbortHuntTest]'s matter.
class ForeignModulesTest {
  private static final Path FOLDER = Path.of("..", "testdata", "hlo", "foreign");
  private static final HloLimits LIMITS = HloLimits.ofMemory(1L << 30);

  /// The serialised samples.
  static List<Path> samples() throws IOException {
    try (var all = Files.list(FOLDER)) {
      return all.filter(p -> p.toString().endsWith(".hlo.pb")).sorted().toList();
    }
  }

  @TestFactory
  Stream<DynamicTest> goldens() throws IOException {
    return samples().stream()
        .map(
            file -> {
              String name = file.getFileName().toString().replace(".hlo.pb", "");
              return DynamicTest.dynamicTest(name, () -> check(file, name));
            });
  }

  private static void check(Path file, String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    var read = ForeignModule.read(bytes, LIMITS);
    String text;
    if (read.module().isEmpty()) {
      text =
          read.diagnostics().stream()
              .map(d -> d.code().text() + ": " + d.message() + "\n")
              .collect(Collectors.joining());
    } else {
      HloModuleProto rewritten = read.module().get();
      Assertions.assertEquals(List.of(), HloVerifier.verify(rewritten, LIMITS));
      var before = new HashSet<>(lines(HloReader.read(bytes, LIMITS).module().orElseThrow()));
      text =
          lines(rewritten).stream()
              .filter(line -> !before.contains(line))
              .map(line -> line + "\n")
              .collect(Collectors.joining());
    }
    Blessed.check(FOLDER.resolve(name + ".out"), text);
  }

  private static List<String> lines(HloModuleProto module) {
    return Arrays.asList(HloText.print(module).split("\n"));
  }
}
