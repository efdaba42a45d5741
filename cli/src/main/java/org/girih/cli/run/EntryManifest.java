package org.girih.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.Step;
import org.girih.ir.type.ArrayType;

/// Writes what a built function takes and returns, as JSON: names, dtypes and shapes, in the
/// module's order.
public final class EntryManifest {
  private EntryManifest() {}

  public static String of(String entry, HostPlan plan) {
    var names = new TreeMap<Integer, String>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Border border) {
        border.tree().leaves(border.name(), (path, leaf) -> names.put(leaf.slot(), path));
      }
    }
    var run =
        plan.steps().stream()
            .filter(Step.Run.class::isInstance)
            .map(Step.Run.class::cast)
            .findFirst()
            .orElseThrow();
    var block = plan.program().func(plan.program().entries().get(run.entry()).func()).block();
    return Json.text(
            out -> {
              out.writeStartObject();
              out.writeStringField("entry", entry);
              values(out, "parameters", run.inputs(), block.paramTypes(), names);
              values(out, "results", run.outputs(), block.resultTypes(), names);
              out.writeEndObject();
            },
            true)
        + "\n";
  }

  private static void values(
      JsonGenerator out,
      String field,
      List<Integer> slots,
      List<ArrayType> types,
      TreeMap<Integer, String> names)
      throws IOException {
    out.writeArrayFieldStart(field);
    for (int i = 0; i < slots.size(); i++) {
      out.writeStartObject();
      out.writeStringField("name", names.getOrDefault(slots.get(i), ""));
      out.writeStringField("dtype", types.get(i).dtype().text());
      long[] sizes = types.get(i).sizes();
      out.writeFieldName("shape");
      out.writeArray(sizes, 0, sizes.length);
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
