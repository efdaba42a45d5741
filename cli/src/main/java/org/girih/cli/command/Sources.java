package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.Item;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.host.run.FileLoader;
import org.girih.host.run.Printing;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.op.Assert;
import org.girih.ir.program.Program;
import org.girih.ir.source.Source;
import org.girih.ir.source.SourceReader;
import org.girih.ir.type.ArrayType;
import org.girih.passes.Pipeline;
import org.girih.passes.Pipelines;
import org.girih.passes.check.Checked;
import org.girih.passes.check.FunctionalizeChecks;
import org.girih.passes.effect.DropPrints;

/// From a path to a plan: parsed, elaborated, optimised.
final class Sources {
  /// The most that is read of standard input, in bytes.
  private static final int MAX_SOURCE = 64 << 20;

  private final FileLoader loader = new FileLoader();
  private final Diagnostics diagnostics = new Diagnostics();
  private final Map<String, SortedMap<String, HostArray>> arrays = new HashMap<>();
  private final Set<Path> given = new TreeSet<>();
  private Optional<Checked> checked = Optional.empty();

  FileLoader loader() {
    return loader;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  /// Returns the files that were read or asked for: sources, data, what `--arg` names. Those that
  /// the program itself writes are left out.
  Set<Path> inputs(Optional<HostPlan> plan) {
    var all = new TreeSet<>(loader.files());
    all.addAll(given);
    plan.ifPresent(p -> all.removeAll(loader.written(p.steps())));
    return all;
  }

  /// Returns the arrays that `--arg` names, by parameter.
  Map<String, SortedMap<String, HostArray>> arrays() {
    return arrays;
  }

  /// Returns what is in a file; in standard input for `-`, whose paths are relative to the folder
  /// where the command runs.
  Optional<SourceFile> parse(Path path) {
    return isStandardInput(path) ? standardInput() : loader.main(path, diagnostics);
  }

  /// Returns a text as if it were in the file.
  Optional<SourceFile> parse(Path path, String text) {
    return loader.main(path, text, diagnostics);
  }

  /// Returns whether a path represents standard input.
  static boolean isStandardInput(Path path) {
    return path.toString().equals("-");
  }

  private Optional<SourceFile> standardInput() {
    return standardInput(diagnostics)
        .flatMap(source -> loader.main(Path.of(source.name()), source.text(), diagnostics));
  }

  /// Returns the text of a file; of standard input for `-`.
  static Optional<Source> read(Path path, Diagnostics diagnostics) {
    return isStandardInput(path) ? standardInput(diagnostics) : FileLoader.read(path, diagnostics);
  }

  private static Optional<Source> standardInput(Diagnostics diagnostics) {
    String name = "standard input";
    try {
      switch (SourceReader.decode(name, System.in.readNBytes(MAX_SOURCE))) {
        case SourceReader.Decoded.Text(Source source) -> {
          return Optional.of(source);
        }
        case SourceReader.Decoded.Malformed malformed ->
            diagnostics.add(
                Diagnostic.error(
                    Code.NOT_UTF8, "cannot read " + name + ": " + malformed.message()));
      }
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(Code.CANNOT_READ, "cannot read " + name + ": " + e.getMessage()));
    }
    return Optional.empty();
  }

  Optional<HostPlan> plan(SourceFile file, Optional<String> entry, List<String> args) {
    Map<String, EntryCall.Arg> given = args(args, entry.isPresent());
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    var plan =
        entry.isPresent()
            ? Elaborator.elaborate(
                file, Optional.of(new EntryCall(entry.get(), given)), loader, diagnostics)
            : Elaborator.elaborate(file, given, loader, diagnostics);
    plan.ifPresent(p -> Printing.check(p, diagnostics));
    return diagnostics.hasErrors() ? Optional.empty() : plan;
  }

  /// Returns the plan of a test.
  Optional<HostPlan> plan(SourceFile file, Item.Test test) {
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    var plan = Elaborator.test(file, test, loader, diagnostics);
    plan.ifPresent(p -> Printing.check(p, diagnostics));
    return diagnostics.hasErrors() ? Optional.empty() : plan;
  }

  /// Returns the plan of a bench.
  Optional<HostPlan> plan(SourceFile file, Item.Bench bench) {
    return diagnostics.hasErrors()
        ? Optional.empty()
        : printable(Elaborator.bench(file, bench, loader, diagnostics));
  }

  /// Returns the plan that measures a call of a def.
  Optional<HostPlan> bench(SourceFile file, String entry, List<String> args) {
    var call = new EntryCall(entry, args(args, true));
    return diagnostics.hasErrors()
        ? Optional.empty()
        : printable(Elaborator.bench(file, call, loader, diagnostics));
  }

  private Optional<HostPlan> printable(Optional<HostPlan> plan) {
    plan.ifPresent(p -> Printing.check(p, diagnostics));
    return diagnostics.hasErrors() ? Optional.empty() : plan;
  }

  /// Returns the same, which prints nothing while it computes, with a warning if it would.
  HostPlan withoutPrints(HostPlan plan) {
    DropPrints.warning(plan.program(), "prints nothing where Girih does not run the program")
        .ifPresent(diagnostics::add);
    return plan.with(DropPrints.run(plan.program()));
  }

  /// Returns the same after the passes of a level; empty if one found an error of the program.
  Optional<HostPlan> optimized(HostPlan plan, PassOptions passes) {
    return optimized(plan, passes, passes);
  }

  /// Returns the same, with a watch.
  Optional<HostPlan> optimized(HostPlan plan, PassOptions passes, Pipeline.Watch watch) {
    return after(passes.pipeline(), plan, passes.check(), watch);
  }

  /// Returns the same with checks in it, which [#checked] tells how to read; empty if a pass found
  /// an error of the program.
  Optional<HostPlan> optimizedWithChecks(HostPlan plan, PassOptions passes) {
    return optimizedWithChecks(plan, passes, true);
  }

  /// Returns the same as [#optimized], with its assertions in it, if it has any.
  Optional<HostPlan> optimizedWithAsserts(HostPlan plan, PassOptions passes) {
    boolean asserts =
        plan.program().funcs().values().stream()
            .flatMap(f -> f.block().equations().stream())
            .anyMatch(equation -> equation.op() instanceof Assert);
    return asserts ? optimizedWithChecks(plan, passes, false) : optimized(plan, passes);
  }

  /// @param numbers whether NaNs, infinities and positions are looked at too
  private Optional<HostPlan> optimizedWithChecks(
      HostPlan plan, PassOptions passes, boolean numbers) {
    var before = after(Pipelines.beforeChecks(), plan, passes.check(), passes);
    if (before.isEmpty()) {
      return before;
    }
    Program plain = before.get().program();
    long start = System.nanoTime();
    Checked instrumented = FunctionalizeChecks.run(plain, numbers);
    long took = System.nanoTime() - start;
    passes.ran(Pipelines.FUNCTIONALIZE_CHECKS, plain, instrumented.program(), took);
    if (passes.check() == Pipeline.Check.EVERY_PASS) {
      Pipeline.verify(Pipelines.FUNCTIONALIZE_CHECKS, instrumented.program());
    }
    var checking = plan.with(instrumented.program());
    var out = after(passes.afterChecks(), checking, passes.check(), passes);
    out.ifPresent(p -> checked = Optional.of(new Checked(p.program(), instrumented.sites())));
    return out;
  }

  /// Returns what the checks in the plan mean.
  Optional<Checked> checked() {
    return checked;
  }

  /// Returns the same after some passes; empty if one found an error of the program.
  Optional<HostPlan> after(Pipeline pipeline, HostPlan plan) {
    return after(pipeline, plan, Pipeline.Check.STAGES, (_, _, _, _) -> {});
  }

  /// Returns the same, checked and watched as the options say.
  Optional<HostPlan> after(Pipeline pipeline, HostPlan plan, PassOptions passes) {
    return after(pipeline, plan, passes.check(), passes);
  }

  private Optional<HostPlan> after(
      Pipeline pipeline, HostPlan plan, Pipeline.Check check, Pipeline.Watch watch) {
    Program program = pipeline.run(plan.program(), diagnostics, check, watch);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(plan.with(program));
  }

  private Map<String, EntryCall.Arg> args(List<String> args, boolean entry) {
    var out = new HashMap<String, EntryCall.Arg>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals <= 0) {
        bad("`--arg " + arg + "` is not name=value");
        continue;
      }
      String name = arg.substring(0, equals);
      String value = arg.substring(equals + 1);
      if (out.containsKey(name)) {
        bad("`--arg " + name + "` is given twice");
      } else if (value.startsWith("@")) {
        file(name, value.substring(1)).ifPresent(a -> out.put(name, a));
      } else {
        expression(name, value, entry).ifPresent(e -> out.put(name, new EntryCall.Arg.Static(e)));
      }
    }
    return out;
  }

  /// Returns the value of an argument. The name of a file that is not an expression, `a/x.npy`, is
  /// a string for a program; for an entry, what is in the file is likely meant.
  private Optional<Expr> expression(String name, String value, boolean entry) {
    var source = new Source("--arg " + name, value);
    var own = new Diagnostics();
    Optional<Expr> parsed = SourceParser.expression(source, own);
    if (parsed.isPresent() || !isFile(value)) {
      own.all().forEach(diagnostics::add);
      return parsed;
    }
    if (entry) {
      diagnostics.add(
          Diagnostic.error(Code.BAD_ARGUMENT_VALUE, "`--arg " + name + "` is the name of a file")
              .help("write `--arg " + name + "=@" + value + "` for what is in it"));
      return Optional.empty();
    }
    return SourceParser.expression(new Source("--arg " + name, '"' + value + '"'), diagnostics);
  }

  private static boolean isFile(String value) {
    try {
      return value.indexOf('"') < 0 && Files.isRegularFile(Path.of(value));
    } catch (InvalidPathException none) {
      return false;
    }
  }

  private void bad(String message) {
    diagnostics.add(
        Diagnostic.error(Code.BAD_ARGUMENT_VALUE, message)
            .help("`--arg x=@file.npy`, `--arg n=3`"));
  }

  private Optional<EntryCall.Arg> file(String name, String path) {
    try {
      given.add(Path.of(path).toAbsolutePath().normalize());
      var read = DataFiles.read(Path.of(path));
      arrays.put(name, read);
      var types = new TreeMap<String, ArrayType>();
      read.forEach((key, array) -> types.put(key, ArrayType.of(array.dtype(), array.dims())));
      return Optional.of(new EntryCall.Arg.Arrays(types));
    } catch (FileProblem e) {
      diagnostics.add(Diagnostic.error(e.code(), e.getMessage()));
      return Optional.empty();
    }
  }
}
