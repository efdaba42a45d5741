package org.girih.host.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.girih.grammar.plan.HostPlan.Step;
import org.girih.host.array.HostArray;
import org.girih.host.effect.Plotter;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// The files that the steps of a plan read and write.
record Effects(RunOptions options, Transfers transfers) {
  /// The arrays of a file by their paths in it.
  SortedMap<String, HostArray> load(Step.Load load) throws RunProblem {
    try (var _ = options.profile().begin(Profile.Phase.FILES, "load " + load.path())) {
      return DataFiles.read(path(load));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), load.at(), e.getMessage()));
    }
  }

  /// The file that a step reads.
  Path path(Step.Load load) {
    return options.paths().apply(load.at().source(), load.path());
  }

  /// The files that steps write, those inside of loops and branches too.
  static Set<Path> written(List<Step> steps, BiFunction<Source, String, Path> paths) {
    var out = new HashSet<Path>();
    for (Step step : steps) {
      switch (step) {
        case Step.Save save -> out.add(paths.apply(save.at().source(), save.path()));
        case Step.Plot plot -> out.add(paths.apply(plot.at().source(), plot.path()));
        case Step.Loop loop -> out.addAll(written(loop.body(), paths));
        case Step.Choice choice -> {
          out.addAll(written(choice.then(), paths));
          out.addAll(written(choice.otherwise(), paths));
        }
        case Step.Run _, Step.Load _, Step.Argument _, Step.Print _, Step.Assert _ -> {}
        case Step.Result _, Step.Move _, Step.Release _, Step.BreakUnless _ -> {}
      }
    }
    return out;
  }

  void save(Step.Save save) throws RunProblem {
    try (var _ = options.profile().begin(Profile.Phase.FILES, "save " + save.path())) {
      var arrays = new TreeMap<String, HostArray>();
      save.tree().leaves("", (path, leaf) -> arrays.put(path, transfers.array(leaf)));
      Path file = options.paths().apply(save.at().source(), save.path());
      if (save.path().endsWith(".png")) {
        plotter(save.at(), save.path()).image(file, arrays.get(""));
      } else {
        DataFiles.write(file, arrays);
      }
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), save.at(), e.getMessage()));
    } catch (IOException e) {
      throw new RunProblem(Diagnostic.error(Code.CANNOT_WRITE, save.at(), e.getMessage()));
    }
  }

  void plot(Step.Plot plot) throws RunProblem {
    try (var _ = options.profile().begin(Profile.Phase.FILES, "plot " + plot.path())) {
      var arrays = new LinkedHashMap<String, HostArray>();
      plot.tree().leaves("", (path, leaf) -> arrays.put(path, transfers.array(leaf)));
      Path file = options.paths().apply(plot.at().source(), plot.path());
      plotter(plot.at(), plot.path()).plot(file, arrays);
    } catch (IOException e) {
      throw new RunProblem(Diagnostic.error(Code.CANNOT_WRITE, plot.at(), e.getMessage()));
    }
  }

  private Plotter plotter(Span at, String file) throws RunProblem {
    return options
        .plotter()
        .orElseThrow(
            () ->
                new RunProblem(
                    Diagnostic.error(
                            Code.CANNOT_WRITE,
                            at,
                            "cannot draw `" + file + "`: this run has no plotter")
                        .help("`girih run` has one; a program in Java hands one in")));
  }
}
