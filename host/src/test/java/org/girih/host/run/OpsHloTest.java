package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.hlo.HloText;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.emit.Shardings;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloReader;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.DType;
import org.girih.passes.Pipelines;
import org.girih.passes.golden.Blessed;
import org.girih.passes.golden.TestData;
import org.girih.passes.interpreter.Laws;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// The HLO of the cases in `testdata/ops/*/exec.tir`. That it computes what is meant is
/// [OpsOnPjrtTest]'s matter, and [ShardedOpsTest]'s on several devices: both run all cases. Here a
/// change of what is emitted is seen.
@Tag("golden")
class OpsHloTest {
  private static final Pattern OPCODE =
      Pattern.compile(" = (\\w*).*? ([a-z][a-z0-9-]*)\\(([^,)]*)");
  private static final Pattern ATTRIBUTE = Pattern.compile(", [a-z_]+=[^%]*");

  @FunctionalInterface
  private interface Check {
    void check(Path folder);
  }

  /// `hlo.out`: the first case, of `f32` where there is one.
  @TestFactory
  Stream<DynamicTest> firstCases() {
    return over(
        folder -> {
          Program program = program(folder);
          Blessed.check(folder.resolve("hlo.out"), print(program, first(program)) + "\n");
        });
  }

  /// What a program loads from an artifact goes through the rewriting of modules from elsewhere:
  /// those of Girih are accepted and let be, but for arcus functions, whose divisor is no constant,
  /// and for what prints, which artifacts leave out.
  @TestFactory
  Stream<DynamicTest> ownModulesAreLeftAsTheyAre() {
    return over(
        folder -> {
          Program program = program(folder);
          for (Entry entry : program.entries()) {
            byte[] bytes = HloEmitter.emit(program, entry).toByteArray();
            String name = folder.getFileName().toString();
            var read = HloReader.read(bytes, HloLimits.none());
            var rewritten = ForeignModule.read(bytes, HloLimits.none());
            assertEquals(
                name.equals("print"), rewritten.module().isEmpty(), entry.func().toString());
            if (!name.matches("a(sin|cos|tan)h?")) {
              assertEquals(read.module(), rewritten.module(), entry.func().toString());
            }
          }
        });
  }

  /// `hlo-more.out`: each case that becomes other instructions than those before it.
  @TestFactory
  Stream<DynamicTest> otherCases() {
    return over(
        folder -> {
          Program program = program(folder);
          var cases = new ArrayList<>(program.entries());
          Collections.swap(cases, 0, cases.indexOf(first(program)));
          var seen = new HashSet<String>();
          var texts = new ArrayList<String>();
          for (Entry entry : cases) {
            String text = bare(print(program, entry));
            if (seen.add(instructions(text)) && entry != cases.getFirst()) {
              texts.add(text);
            }
          }
          check(folder.resolve("hlo-more.out"), texts);
        });
  }

  /// `hlo-devices.out`: each case that becomes other instructions on several devices.
  @TestFactory
  Stream<DynamicTest> onSeveralDevices() {
    return over(
        folder -> {
          Program program = program(folder);
          var seen = new HashSet<String>();
          var texts = new ArrayList<String>();
          for (Entry entry : program.entries()) {
            var whole = Collections.nCopies(entry.params().size(), Shardings.REPLICATED);
            String text = bare(HloText.print(HloEmitter.emit(alone(program, entry), entry, whole)));
            String instructions = instructions(text);
            boolean same = instructions.equals(instructions(print(program, entry)));
            if (!same && seen.add(instructions)) {
              texts.add(text);
            }
          }
          check(folder.resolve("hlo-devices.out"), texts);
        });
  }

  private static Stream<DynamicTest> over(Check check) {
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(), () -> check.check(folder)));
  }

  private static Program program(Path folder) {
    return Laws.run(Pipelines.transformations(), TestData.program(folder.resolve("exec.tir")));
  }

  private static Entry first(Program program) {
    return program.entries().stream()
        .filter(e -> singles(program, e))
        .findFirst()
        .orElse(program.entries().getFirst());
  }

  private static boolean singles(Program program, Entry entry) {
    return program.func(entry.func()).signature().params().stream()
        .anyMatch(type -> type.dtype() == DType.F32);
  }

  private static Program alone(Program program, Entry entry) {
    return new Program(program.funcs(), List.of(entry));
  }

  private static String print(Program program, Entry entry) {
    return HloText.print(HloEmitter.emit(alone(program, entry), entry));
  }

  private static void check(Path file, List<String> texts) {
    if (texts.isEmpty()) {
      assertFalse(Files.exists(file), file + ": no case needs it");
    } else {
      Blessed.check(file, String.join("\n", texts) + "\n");
    }
  }

  /// Returns the text without the places in the source, which `hlo.out` has.
  private static String bare(String text) {
    return text.replaceAll(", metadata=\\{[^}]*\\}", "");
  }

  /// Returns what does not depend on shapes and on the rounding of a dtype: the opcodes with their
  /// attributes but for numbers, the scalar constants to three digits, and the dtypes of others.
  private static String instructions(String text) {
    var out = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher instruction = OPCODE.matcher(line);
      if (instruction.find()) {
        out.append(instruction.group(2));
        if (instruction.group(2).equals("constant")) {
          String value = instruction.group(3);
          out.append(' ').append(value.startsWith("{") ? instruction.group(1) : rounded(value));
        }
        Matcher attribute = ATTRIBUTE.matcher(bare(line));
        // That of a parameter is its sharding, which is given.
        while (!instruction.group(2).equals("parameter") && attribute.find()) {
          out.append(attribute.group().replaceAll("[0-9,x]+", ""));
        }
        out.append('\n');
      }
    }
    return out.toString();
  }

  private static String rounded(String number) {
    try {
      return String.format(Locale.ROOT, "%.2e", Double.parseDouble(number));
    } catch (NumberFormatException e) {
      return number;
    }
  }
}
