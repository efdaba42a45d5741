package org.girih.cli.cross;

import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.host.figures.ModuleFigures;
import org.girih.host.run.MemoryLimit;
import org.girih.host.run.RunProblem;
import org.girih.host.run.Stages;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.cross.CrossCompilation;
import org.girih.runtime.cross.CrossException;
import org.girih.runtime.cross.CrossRequest;
import org.girih.runtime.cross.CrossResult;
import org.girih.runtime.plugin.Platform;

/// Compiles a module for a target.
///
/// @param report what came of it
/// @param optimized the module as the compiler left it, for each device
public record Build(Report report, HloModuleProto optimized) {
  private static final int WORDS = 400;

  /// @param library the plugin of the target's platform
  /// @param entry the def that the module computes
  /// @param partitions into how many parts the program is cut, each for a device: the size of its
  ///     mesh, 1 without one
  /// @param emit seconds from the source to the module, for the report
  /// @param flops of the whole program, by [org.girih.ir.cost.ProgramCost]: for the report of a
  ///     plugin that does not count
  /// @throws RunProblem with [Code#DOES_NOT_FIT] if a device's memory is too small, and other codes
  ///     as the plugin refused or ended
  public static Build of(
      Target target,
      Path library,
      String entry,
      HloModuleProto module,
      int partitions,
      double emit,
      double flops)
      throws RunProblem {
    ModuleFigures emitted = ModuleFigures.of(module);
    var request =
        new CrossRequest(
            library,
            target.topology(),
            target.options(),
            target.platform() == Platform.CPU
                ? OptionalInt.of(target.devices())
                : OptionalInt.empty(),
            1,
            OptionalInt.of(partitions),
            target.environment());
    CrossResult result;
    try {
      result = CrossCompilation.run(request, module.toByteArray());
    } catch (CrossException e) {
      throw problem(target, e, emitted, partitions);
    }
    HloModuleProto optimized;
    try {
      optimized = Stages.module(result.compiled().optimized());
    } catch (InvalidProtocolBufferException e) {
      throw new RunProblem(
          Diagnostic.error(
              Code.PLUGIN_FAILED, "the optimised program cannot be read: " + e.getMessage()));
    }
    var report = new Report(entry, target, result, emit, flops, ModuleFigures.of(optimized));
    if (target.chip().isPresent() && report.memory() > target.chip().get().memory()) {
      throw tooLarge(target, "needs " + MemoryLimit.size(report.memory()), report.optimized());
    }
    return new Build(report, optimized);
  }

  private static RunProblem problem(
      Target target, CrossException e, ModuleFigures emitted, int partitions) {
    String words = e.getMessage().lines().findFirst().orElse("");
    String said = words.length() > WORDS ? words.substring(0, WORDS) + " …" : words;
    return switch (e.reason()) {
      case TOPOLOGY ->
          new RunProblem(
              Diagnostic.error(
                      Code.UNKNOWN_TARGET,
                      "the plugin knows no target `" + target.text() + "`: " + said)
                  .help("`girih targets` lists targets that are known to work"));
      case TOO_FEW_DEVICES -> new RunProblem(Diagnostic.error(Code.UNKNOWN_TARGET, said));
      case MEMORY -> tooLarge(target, "does not fit: " + said, emitted);
      case REFUSED -> {
        var refused =
            Diagnostic.error(
                Code.PLUGIN_FAILED,
                "the compiler of `" + target.text() + "` refused the program: " + said);
        // Of v5e and v6e, for one: the routes between chips are made for a whole slice.
        boolean some = partitions > 1 && partitions < target.devices();
        yield new RunProblem(
            some
                ? refused.help(
                    "the mesh takes %d of %d devices; some compilers take all of a slice or one: a"
                            .formatted(partitions, target.devices())
                        + " larger mesh, or a smaller target such as `tpu:v5e:2x2`")
                : refused);
      }
      case LOCKED ->
          new RunProblem(
              Diagnostic.error(Code.DEVICE_LOCKED, said)
                  .help(
                      "wait for it or end it; if no such process runs, remove /tmp/libtpu_lockfile"));
      case ENDED ->
          new RunProblem(
              Diagnostic.error(Code.COMPILER_ENDED, "`" + target.text() + "`: " + said)
                  .help("`girih explain E0712` tells the usual reasons"));
      case SYSTEM -> new RunProblem(Diagnostic.error(Code.CANNOT_WRITE, said));
    };
  }

  private static RunProblem tooLarge(Target target, String how, ModuleFigures figures) {
    var message = new StringBuilder();
    message.append("the program ").append(how).append("; a device of `").append(target.text());
    target
        .chip()
        .ifPresent(
            c ->
                message
                    .append("` has ")
                    .append(MemoryLimit.size(c.memory()))
                    .append(". The largest"));
    message.append(" buffers:").append(MemoryLimit.buffers(figures));
    return new RunProblem(
        Diagnostic.error(Code.DOES_NOT_FIT, message.toString())
            .help("spread it over more devices, or use a chip with more memory"));
  }
}
