package org.girih.cli.run;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.girih.cli.array.HostArray;
import org.girih.cli.file.DataFiles;
import org.girih.cli.file.FileProblem;
import org.girih.cli.plot.Plots;
import org.girih.grammar.plan.HostPlan.Step;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;

/// The files that the steps of a plan read and write.
///
/// @param paths what a path in a source leads to
/// @param array brings an array to the host
/// @param profile notes the time of each file
record Effects(
    BiFunction<Source, String, Path> paths, Function<Tree.Leaf, HostArray> array, Profile profile) {
  /// The arrays of a file by their paths in it.
  SortedMap<String, HostArray> load(Step.Load load) throws RunProblem {
    try (var _ = profile.begin(Profile.Phase.FILES, "load " + load.path())) {
      return DataFiles.read(path(load));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), load.at(), e.getMessage()));
    }
  }

  /// The file that a step reads.
  Path path(Step.Load load) {
    return paths.apply(load.at().source(), load.path());
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
    try (var _ = profile.begin(Profile.Phase.FILES, "save " + save.path())) {
      var arrays = new TreeMap<String, HostArray>();
      Printing.leaves(save.tree(), "", (path, leaf) -> arrays.put(path, array.apply(leaf)));
      Path path = paths.apply(save.at().source(), save.path());
      if (save.path().endsWith(".png")) {
        Plots.image(path, arrays.get(""));
      } else {
        DataFiles.write(path, arrays);
      }
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), save.at(), e.getMessage()));
    }
  }

  void plot(Step.Plot plot) throws RunProblem {
    try (var _ = profile.begin(Profile.Phase.FILES, "plot " + plot.path())) {
      var arrays = new LinkedHashMap<String, HostArray>();
      Printing.leaves(plot.tree(), "", (path, leaf) -> arrays.put(path, array.apply(leaf)));
      Plots.draw(paths.apply(plot.at().source(), plot.path()), arrays);
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), plot.at(), e.getMessage()));
    }
  }
}
