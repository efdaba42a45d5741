package org.girih.cli.cost;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.girih.cli.cross.Chip;
import org.girih.cli.cross.Estimate;
import org.girih.cli.run.Json;
import org.girih.grammar.plan.HostPlan;
import org.girih.ir.cost.Cost;
import org.girih.ir.cost.ProgramCost;
import org.girih.ir.cost.ProgramCost.Place;
import org.girih.ir.cost.ProgramCost.Share;
import org.girih.ir.source.Source;

/// The cost of a program, line by line.
///
/// @param rows lines of the main file, then of those that it imports, each in the order of its
/// lines; last what has no place
/// @param total of all rows
/// @param once the same with each loop counted as if it turned once
/// @param plugin what the plugin's analysis counts, where it was asked
/// @param chip whose roofline shows how the time is shared out; empty for a CPU, whose peaks are
///     not known
/// @param devices how many share the work
public record CostReport(
    List<Row> rows,
    Share total,
    Cost once,
    Optional<PluginCost> plugin,
    Optional<Chip> chip,
    long devices) {
  /// @param place empty for what has no place
  public record Row(Optional<Place> place, Share share) {}

  /// @param plan after the standard passes
  public static CostReport of(
      HostPlan plan, Source main, Optional<PluginCost> plugin, Optional<Chip> chip) {
    var costs = ProgramCost.of(plan.program(), s -> s == main || !s.isLibrary());
    Map<Optional<Place>, Share> shares = HostCost.of(plan, costs);
    var files = new HashMap<Source, Integer>();
    files.put(main, 0);
    shares.keySet().forEach(p -> p.ifPresent(at -> files.putIfAbsent(at.source(), files.size())));
    List<Row> rows =
        shares.entrySet().stream()
            .map(each -> new Row(each.getKey(), each.getValue()))
            .sorted(
                Comparator.<Row>comparingInt(
                        r -> r.place.map(p -> files.get(p.source())).orElse(files.size()))
                    .thenComparingInt(r -> r.place.map(Place::line).orElse(0)))
            .toList();
    Share total =
        rows.stream()
            .map(Row::share)
            .reduce(new Share(Cost.NONE, Cost.NONE, ProgramCost.Trips.EXACT), Share::plus);
    return new CostReport(
        rows, total, HostCost.turningOnce(plan), plugin, chip, plan.mesh().devices());
  }

  /// Returns the seconds that a row takes at least, by the roofline of as many chips as the program
  /// has devices.
  double seconds(Row row) {
    Cost cost = row.share.total();
    return chip.map(c -> Estimate.seconds(c, cost.operations(), cost.bytes()) / devices)
        .orElse(Double.NaN);
  }

  /// Returns the seconds of all rows, one after the other.
  double seconds() {
    return rows.stream().mapToDouble(this::seconds).sum();
  }

  /// Writes it as JSON: exact counts.
  public String json() {
    return Json.text(this::write, true);
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeArrayFieldStart("lines");
    for (Row row : rows) {
      out.writeStartObject();
      if (row.place.isPresent()) {
        out.writeStringField("file", row.place.get().source().name());
        out.writeNumberField("line", row.place.get().line());
      }
      share(out, row.share);
      if (chip.isPresent()) {
        out.writeNumberField("roofline_seconds", seconds(row));
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("total");
    share(out, total);
    out.writeEndObject();
    out.writeObjectFieldStart("loops_once");
    cost(out, once);
    out.writeEndObject();
    if (plugin.isPresent()) {
      out.writeObjectFieldStart("plugin_loops_once");
      out.writeStringField("platform", plugin.get().platform());
      cost(out, plugin.get().cost());
      out.writeEndObject();
    }
    if (chip.isPresent()) {
      out.writeStringField("chip", chip.get().text());
    }
    out.writeEndObject();
  }

  private static void share(JsonGenerator out, Share share) throws IOException {
    cost(out, share.total());
    count(out, "derivative_flops", share.derivative().flops());
    out.writeNumberField("intensity", share.total().intensity());
    out.writeStringField("trips", share.trips().name().toLowerCase(Locale.ROOT));
  }

  private static void cost(JsonGenerator out, Cost cost) throws IOException {
    count(out, "flops", cost.flops());
    count(out, "bytes", cost.bytes());
    count(out, "transcendentals", cost.transcendentals());
  }

  /// Writes whole numbers as such, as far as they are exact; null where the number is not known.
  private static void count(JsonGenerator out, String name, double value) throws IOException {
    out.writeFieldName(name);
    if (!Double.isFinite(value)) {
      out.writeNull();
    } else if (Math.abs(value) < 1L << 53) {
      out.writeNumber((long) value);
    } else {
      out.writeNumber(value);
    }
  }

  /// Returns the places of the rows, for the table.
  List<Source> sources() {
    var out = new ArrayList<Source>();
    rows.forEach(
        r ->
            r.place
                .map(Place::source)
                .filter(s -> out.isEmpty() || out.getLast() != s)
                .ifPresent(out::add));
    return out;
  }
}
