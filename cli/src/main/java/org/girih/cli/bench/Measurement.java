package org.girih.cli.bench;

import java.util.OptionalDouble;
import org.girih.cli.cost.Figure;
import org.girih.ir.diagnostic.Visible;

/// The timed runs of one bench.
///
/// @param runs nanoseconds of each, in order
/// @param flops operations of a run, transcendental ones included; empty where a loop's turns are
///     not known
/// @param bytes that a run reads and writes by the model of [org.girih.ir.cost]
public record Measurement(String name, long[] runs, OptionalDouble flops, OptionalDouble bytes) {
  public Measurement {
    runs = runs.clone();
  }

  @Override
  public long[] runs() {
    return runs.clone();
  }

  public Summary summary() {
    return Summary.of(runs);
  }

  /// Returns text for a person: lines of at most 40 columns, but for the name.
  public String text() {
    Summary s = summary();
    var out = new StringBuilder(Visible.text(name)).append('\n');
    out.append("  median  ").append(Figure.time(s.median()));
    out.append(" (MAD ").append(Figure.time(s.mad())).append(")\n");
    out.append("  range   ").append(Figure.time(s.min())).append(" to ");
    out.append(Figure.time(s.max())).append('\n');
    out.append("  runs    ").append(s.runs());
    out.append(
            s.outliers() == 0
                ? ""
                : ", " + s.outliers() + (s.outliers() == 1 ? " outlier" : " outliers"))
        .append('\n');
    if (flops.isPresent() && flops.getAsDouble() + bytes.getAsDouble() > 0) {
      out.append("  rate    ");
      out.append(Figure.of(flops.getAsDouble() / s.median() * 1e9, "flop/s")).append(", ");
      out.append(Figure.of(bytes.getAsDouble() / s.median() * 1e9, "B/s")).append('\n');
    }
    return out.toString();
  }
}
