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
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.host.array.HostArray;
import org.girih.host.effect.Plotter;
import org.girih.host.file.DataFiles;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;

/// The files that the steps of a plan read and write.
record FileEffects(RunOptions options, Transfers transfers) {
  /// Refuses a plan that draws where nothing can draw, before it has run for hours.
  void check(List<Step> steps) throws RunProblem {
    var drawing = Step.all(steps, Step.Effect.class).filter(Step.Effect::draws).findFirst();
    if (drawing.isPresent()) {
      plotter(drawing.get());
    }
  }

  /// Returns the arrays of a file by their paths in it.
  SortedMap<String, HostArray> load(Step.Load load) throws RunProblem {
    try (var _ = options.profile().begin(Profile.Phase.FILES, "load " + load.path())) {
      return DataFiles.read(path(load));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), load.at(), e.getMessage()));
    }
  }

  /// Returns the file that a step reads.
  Path path(Step.Load load) {
    return options.paths().apply(load.at().source(), load.path());
  }

  /// Returns the files that steps write, those inside of loops and branches too.
  static Set<Path> written(List<Step> steps, BiFunction<Source, String, Path> paths) {
    var out = new HashSet<Path>();
    Step.all(steps, Step.Effect.class)
        .forEach(
            step -> step.file().ifPresent(file -> out.add(paths.apply(step.at().source(), file))));
    return out;
  }

  private String name(List<HostPlan.Piece> path) throws RunProblem {
    return Printing.line(path, transfers::array);
  }

  void save(Step.Save save) throws RunProblem {
    String name = name(save.path());
    try (var _ = options.profile().begin(Profile.Phase.FILES, "save " + name)) {
      var arrays = new TreeMap<String, HostArray>();
      save.tree().leaves("", (path, leaf) -> arrays.put(path, transfers.array(leaf)));
      Path file = options.paths().apply(save.at().source(), name);
      if (name.endsWith(".png")) {
        plotter(save).image(file, arrays.get(""));
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
    String name = name(plot.path());
    try (var _ = options.profile().begin(Profile.Phase.FILES, "plot " + name)) {
      var arrays = new LinkedHashMap<String, HostArray>();
      plot.tree().leaves("", (path, leaf) -> arrays.put(path, transfers.array(leaf)));
      Path file = options.paths().apply(plot.at().source(), name);
      plotter(plot).plot(file, arrays);
    } catch (IOException e) {
      throw new RunProblem(Diagnostic.error(Code.CANNOT_WRITE, plot.at(), e.getMessage()));
    }
  }

  private Plotter plotter(Step.Effect drawing) throws RunProblem {
    if (options.plotter().isPresent()) {
      return options.plotter().get();
    }
    String file = drawing.file().orElse("a picture");
    throw new RunProblem(
        Diagnostic.error(
                Code.CANNOT_WRITE,
                drawing.at(),
                "cannot draw `" + file + "`: this run has no plotter")
            .help("`girih run` has one; a program in Java brings its own"));
  }
}
