package org.girih.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.girih.cli.run.TextFile;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Equation;
import org.girih.ir.program.Program;
import org.girih.ir.text.TirParser;
import org.girih.ir.text.TirPrinter;
import org.girih.passes.Pass;
import org.girih.passes.Pipeline;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `girih opt`.
@Command(
    name = "opt",
    description = "Run the passes of --pass, or of -O, over a .tir file and print the result.",
    footer = {"", "Example:", "  girih opt program.tir --pass cse --pass dead_code"})
final class OptCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "A .tir file.")
  private Path file;

  @Mixin private final PassDebugOptions options;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  OptCommand(Terminal terminal) {
    this.terminal = terminal;
    this.options = new PassDebugOptions(terminal);
  }

  @Override
  public Integer call() {
    var diagnostics = new Diagnostics();
    var program =
        TextFile.read(file, diagnostics).flatMap(source -> TirParser.parse(source, diagnostics));
    terminal.print(diagnostics);
    if (program.isEmpty()) {
      return 1;
    }
    Program current = program.get();
    for (Pass pass : pipeline()) {
      Program before = current;
      Optional<Equation> early = pass.from().refused(before);
      if (early.isPresent()) {
        diagnostics.add(tooEarly(pass, early.get()));
        break;
      }
      long start = System.nanoTime();
      current = pass.run(before, diagnostics);
      options.ran(pass, before, current, System.nanoTime() - start);
      if (options.check() == Pipeline.Check.EVERY_PASS && !diagnostics.hasErrors()) {
        Pipeline.verify(pass, current);
      }
    }
    options.tell(terminal);
    if (diagnostics.hasErrors()) {
      terminal.print(diagnostics);
      return 1;
    }
    terminal.print(diagnostics);
    terminal.out().print(TirPrinter.print(current));
    terminal.out().flush();
    return 0;
  }

  private static Diagnostic tooEarly(Pass pass, Equation equation) {
    String op = equation.op().primitive();
    String message = "pass " + pass.name() + " takes no program with `" + op + "`";
    String help =
        "transformations go by `--pass=expand`, rules by `--pass=erase_rules`; `-O2` runs all passes";
    return Diagnostic.error(Code.WRONG_STAGE, message).help(help);
  }

  private List<Pass> pipeline() {
    return options.only().isEmpty() && options.given(spec)
        ? options.pipeline().passes()
        : options.only();
  }
}
