package org.girih.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.girih.grammar.elaborate.HostPlan;
import org.girih.grammar.elaborate.HostPlan.Step;
import org.girih.ir.type.ArrayType;

/// What a built function takes and gives, as JSON: names, dtypes and shapes, in the module's order.
public final class Manifest {
  private Manifest() {}

  public static String of(String entry, HostPlan plan) {
    var names = new TreeMap<Integer, String>();
    for (Step step : plan.steps()) {
      switch (step) {
        case Step.Argument(String name, var tree) ->
            Printing.leaves(tree, name, (path, leaf) -> names.put(leaf.slot(), path));
        case Step.Load load ->
            Printing.leaves(load.tree(), load.path(), (path, leaf) -> names.put(leaf.slot(), path));
        case Step.Result(var tree) ->
            Printing.leaves(tree, "", (path, leaf) -> names.put(leaf.slot(), path));
        case Step.Run _, Step.Print _, Step.Save _, Step.Assert _ -> {}
      }
    }
    var run =
        plan.steps().stream()
            .filter(Step.Run.class::isInstance)
            .map(Step.Run.class::cast)
            .findFirst()
            .orElseThrow();
    var block = plan.program().func(plan.program().entries().get(run.entry()).func()).block();
    return "{\n  \"entry\": \""
        + entry
        + "\",\n  \"parameters\": "
        + values(run.inputs(), block.paramTypes(), names)
        + ",\n  \"results\": "
        + values(run.outputs(), block.resultTypes(), names)
        + "\n}\n";
  }

  private static String values(
      List<Integer> slots, List<ArrayType> types, TreeMap<Integer, String> names) {
    var out = new ArrayList<String>();
    for (int i = 0; i < slots.size(); i++) {
      String dims =
          types.get(i).dims().stream().map(Object::toString).collect(Collectors.joining(", "));
      out.add(
          "    {\"name\": \""
              + names.getOrDefault(slots.get(i), "")
              + "\", \"dtype\": \""
              + types.get(i).dtype().text()
              + "\", \"shape\": ["
              + dims
              + "]}");
    }
    return out.isEmpty() ? "[]" : "[\n" + String.join(",\n", out) + "\n  ]";
  }
}
