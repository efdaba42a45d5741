package org.girih.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.plan.HostPlan;
import org.girih.host.run.Checkpoints;
import org.girih.host.run.FileLoader;
import org.girih.host.run.HostDriver;
import org.girih.host.run.Printing;
import org.girih.host.run.RunOptions;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.program.Program;
import org.girih.passes.Pipelines;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.host.Device;

/// Runs a whole program, from its source to its last effect.
final class ProgramRun {
  private final Device device;
  private final Path program;
  private final RunSettings settings;
  private final FileLoader loader = new FileLoader();
  private final Diagnostics diagnostics = new Diagnostics();

  /// @param program its file, which paths in it start from
  ProgramRun(Device device, Path program, RunSettings settings) {
    this.device = device;
    this.program = program;
    this.settings = settings;
  }

  /// Returns the warnings.
  ///
  /// @param text of the program; empty to read the file
  /// @throws ProgramException if the program is wrong, or its run fails
  List<Diagnostic> run(Optional<String> text) {
    Optional<SourceFile> file =
        text.isPresent()
            ? loader.main(program, text.get(), diagnostics)
            : loader.main(program, diagnostics);
    Optional<HostPlan> plan = file.flatMap(this::plan);
    if (plan.isEmpty()) {
      throw new ProgramException(diagnostics);
    }
    try {
      run(plan.get());
    } catch (RunProblem e) {
      diagnostics.add(e.diagnostic());
      throw new ProgramException(diagnostics);
    } finally {
      settings.out().flush();
    }
    return List.copyOf(diagnostics.all());
  }

  private Optional<HostPlan> plan(SourceFile file) {
    Optional<HostPlan> plan = Elaborator.elaborate(file, Optional.empty(), loader, diagnostics);
    plan.ifPresent(p -> Printing.check(p, diagnostics));
    if (plan.isEmpty() || diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Program optimized = Pipelines.standard().run(plan.get().program(), diagnostics);
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(plan.get().with(optimized));
  }

  private void run(HostPlan plan) throws RunProblem {
    RunOptions options = RunOptions.of(settings.out(), loader::resolve).with(settings.progress());
    if (settings.plotter().isPresent()) {
      options = options.with(settings.plotter().get());
    }
    if (!plan.holdsArrays()) {
      HostDriver.withoutDevice(plan, options).run();
    } else if (settings.checkpoint().isPresent()) {
      var kept = settings.checkpoint().get();
      try (var checkpoints =
          new Checkpoints(program, kept.file(), kept.every(), diagnostics::add)) {
        if (kept.resume()) {
          checkpoints.resume();
        }
        checkpoints.begin(loader.sources(), plan.steps(), loader::resolve);
        run(plan, options.with(checkpoints));
      }
    } else {
      run(plan, options);
    }
  }

  private void run(HostPlan plan, RunOptions options) throws RunProblem {
    try (var compiler = compiler(plan);
        var driver = new HostDriver(plan, device.client(), compiler, options)) {
      driver.run();
    }
  }

  /// Returns a compiler for as many devices as the mesh counts, or as there are, which the driver
  /// refuses then.
  private CachingCompiler compiler(HostPlan plan) throws RunProblem {
    var client = device.client();
    int devices = (int) Math.min(plan.mesh().devices(), client.devices().size());
    try {
      return CachingCompiler.of(client, devices, System.getenv(), System.err);
    } catch (IllegalArgumentException e) {
      throw new RunProblem(Diagnostic.error(Code.BAD_CACHE, e.getMessage()));
    }
  }
}
