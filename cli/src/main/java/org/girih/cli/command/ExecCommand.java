package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.girih.cli.run.ModuleRun;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.host.print.ArrayPrinter;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `girih exec`.
@Command(
    name = "exec",
    description = "Verify a serialised HLO module and run it.",
    footer = {"", "Example:", "  girih exec out/f.hlo.pb --arg 0=@x.npy"})
final class ExecCommand implements Callable<Integer> {
  private static final long MAX_FILE = 1L << 30;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "An HloModuleProto, such as build writes.")
  private Path file;

  @Option(
      names = "--arg",
      paramLabel = "N=@FILE",
      description = "An argument, by the parameter's number or name.")
  private List<String> args = List.of();

  @Option(
      names = "--cost",
      description = "Compile only; print as JSON the operations and bytes that the plugin expects.")
  private boolean cost;

  @Mixin private TrustOption trust;

  @Mixin private PluginOption plugin;

  ExecCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try {
      var read = ForeignModule.read(bytes(), HloLimits.ofMemory(memory()));
      if (read.module().isEmpty()) {
        var all = new Diagnostics();
        read.diagnostics().forEach(all::add);
        terminal.print(all);
        return 1;
      }
      if (cost) {
        try (var client = plugin.open(terminal)) {
          terminal.out().println(ModuleRun.cost(read.module().get(), client));
        }
        terminal.out().flush();
        return 0;
      }
      var arguments = arguments();
      try (var client = plugin.open(terminal)) {
        for (HostArray array : ModuleRun.run(read.module().get(), client, arguments)) {
          terminal.out().println(ArrayPrinter.print(array));
        }
      }
      terminal.out().flush();
      return 0;
    } catch (RunProblem e) {
      return terminal.fail(e.diagnostic());
    }
  }

  private static long memory() {
    return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : 1L << 36;
  }

  private byte[] bytes() throws RunProblem {
    String problem;
    try {
      if (!Files.isRegularFile(file)) {
        problem = Files.exists(file) ? "it is not a file" : "no such file";
      } else if (Files.size(file) > MAX_FILE) {
        problem = "it is larger than 1 GiB";
      } else {
        return Files.readAllBytes(file);
      }
    } catch (IOException e) {
      problem = e.getMessage();
    }
    throw new RunProblem(
        Diagnostic.error(Code.CANNOT_READ, "cannot read `" + file + "`: " + problem));
  }

  private Map<String, SortedMap<String, HostArray>> arguments() throws RunProblem {
    var out = new TreeMap<String, SortedMap<String, HostArray>>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals <= 0 || !arg.startsWith("@", equals + 1)) {
        throw new RunProblem(
            Diagnostic.error(Code.BAD_ARGUMENT_VALUE, "`--arg " + arg + "` is not N=@file.npy"));
      }
      try {
        out.put(arg.substring(0, equals), DataFiles.read(Path.of(arg.substring(equals + 2))));
      } catch (FileProblem e) {
        throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()));
      }
    }
    return out;
  }
}
