package org.girih.cli.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.girih.cli.cost.CostReport.Row;
import org.girih.ir.cost.Cost;
import org.girih.ir.cost.ProgramCost.Share;
import org.girih.ir.cost.ProgramCost.Trips;
import org.girih.ir.diagnostic.TextLine;
import org.girih.ir.source.Source;

/// A [CostReport] as a table: a row a line, the text of the line behind its figures. Columns that
/// leave it no room are left out, the least important first.
public final class CostTable {
  /// Columns that the text of a line has at least, if need be at the cost of figures.
  private static final int LEAST_TEXT = 12;

  private static final String GAP = "  ";

  private final CostReport report;
  private final int width;
  private final List<Line> lines = new ArrayList<>();

  /// A line of the table.
  ///
  /// @param number that of the source's line; empty of a sum
  /// @param share null of a heading
  /// @param derivative whether it is known which part is a derivative's
  /// @param text of the line, in that many columns
  private record Line(
      String number,
      Share share,
      boolean derivative,
      double seconds,
      Function<Integer, String> text) {}

  /// @param rank the greater, the sooner it is left out
  private record Column(String head, int rank, Function<Line, String> figure) {}

  private CostTable(CostReport report, int width) {
    this.report = report;
    this.width = width;
  }

  /// @param width columns of the terminal
  public static String of(CostReport report, int width) {
    return new CostTable(report, width).text();
  }

  private String text() {
    boolean several = report.sources().size() > 1;
    Source before = null;
    for (Row row : report.rows()) {
      Source source = row.place().map(p -> p.source()).orElse(null);
      if (several && source != null && source != before) {
        lines.add(new Line("", null, false, 0, _ -> source.name()));
        before = source;
      }
      lines.add(
          new Line(
              row.place().map(p -> Integer.toString(p.line())).orElse(""),
              row.share(),
              true,
              report.seconds(row),
              row.place()
                  .<Function<Integer, String>>map(
                      p -> room -> TextLine.beginning(p.source(), p.line(), room))
                  .orElse(_ -> "(library)")));
    }
    int sums = lines.size();
    sum(report.total(), true, "all lines");
    if (!report.once().equals(report.total().total())) {
      sum(own(report.once()), false, "loops once");
    }
    report.plugin().ifPresent(p -> sum(own(p.cost()), false, p.platform() + " plugin"));
    return table(sums) + notes();
  }

  private static Share own(Cost cost) {
    return new Share(cost, Cost.NONE, Trips.EXACT);
  }

  private void sum(Share share, boolean derivative, String what) {
    lines.add(
        new Line("", share, derivative, derivative ? report.seconds() : Double.NaN, _ -> what));
  }

  private List<Column> columns() {
    Cost total = report.total().total();
    var out = new ArrayList<Column>();
    out.add(new Column("line", 0, Line::number));
    out.add(new Column("flops", 1, l -> Figure.count(cost(l).flops()) + mark(l)));
    boolean roofline = report.chip().isPresent();
    if (!roofline) {
      out.add(
          new Column(
              "%", 5, l -> l.derivative ? Figure.share(cost(l).flops(), total.flops()) : ""));
    }
    out.add(new Column("bytes", 2, l -> Figure.count(cost(l).bytes()) + mark(l)));
    if (!roofline) {
      out.add(
          new Column(
              "%", 3, l -> l.derivative ? Figure.share(cost(l).bytes(), total.bytes()) : ""));
    }
    out.add(new Column("transc", 6, l -> Figure.count(cost(l).transcendentals()) + mark(l)));
    out.add(new Column("ops/B", 4, l -> Figure.digits(cost(l).intensity())));
    if (roofline) {
      out.add(
          new Column(
              "time", 3, l -> l.derivative ? Figure.share(l.seconds, report.seconds()) : ""));
    }
    if (report.total().derivative().operations() > 0) {
      out.add(
          new Column(
              "deriv",
              7,
              l -> l.derivative ? Figure.count(l.share.derivative().flops()) + mark(l) : ""));
    }
    return out;
  }

  private static Cost cost(Line line) {
    return line.share.total();
  }

  private static String mark(Line line) {
    return switch (line.share.trips()) {
      case EXACT -> "";
      case AT_MOST -> "≤";
      case PER_ROUND -> "*";
    };
  }

  private String table(int sums) {
    List<Column> columns = new ArrayList<>(columns());
    while (columns.size() > 2 && figures(columns) + LEAST_TEXT > width) {
      int most = columns.stream().mapToInt(Column::rank).max().orElseThrow();
      columns.removeIf(c -> c.rank == most);
    }
    int[] widths = columns.stream().mapToInt(this::width).toArray();
    int room = Math.max(1, width - figures(columns));
    var out = new StringBuilder();
    for (int c = 0; c < widths.length; c++) {
      out.append(c == 0 ? "" : GAP).append(right(columns.get(c).head, widths[c]));
    }
    out.append('\n');
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      if (i == sums) {
        out.append("-".repeat(Math.min(width, figures(columns) + LEAST_TEXT))).append('\n');
      }
      var row = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String figure = line.share == null ? "" : columns.get(c).figure.apply(line);
        row.append(c == 0 ? "" : GAP).append(right(figure, widths[c]));
      }
      row.append(GAP).append(line.text.apply(room));
      out.append(row.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  /// Returns the columns that the figures take, with the gap before the text.
  private int figures(List<Column> columns) {
    return columns.stream().mapToInt(c -> width(c) + GAP.length()).sum();
  }

  private int width(Column column) {
    return lines.stream()
        .filter(l -> l.share != null)
        .mapToInt(l -> column.figure.apply(l).length())
        .reduce(column.head.length(), Math::max);
  }

  private static String right(String text, int width) {
    return " ".repeat(width - text.length()) + text;
  }

  private String notes() {
    var out = new StringBuilder();
    boolean most = report.rows().stream().anyMatch(r -> r.share().trips() == Trips.AT_MOST);
    boolean round = report.rows().stream().anyMatch(r -> r.share().trips() == Trips.PER_ROUND);
    if (most) {
      out.append("≤ at most: a bounded loop, a branch\n");
    }
    if (round) {
      out.append("* for each iteration of an unbounded loop\n");
    }
    report.plugin().ifPresent(_ -> out.append("The plugin counts each loop once.\n"));
    report
        .chip()
        .ifPresentOrElse(
            c ->
                out.append("At the peaks of ")
                    .append(report.devices() == 1 ? "" : report.devices() + " × ")
                    .append(c.text())
                    .append(": ")
                    .append(Figure.time(report.seconds() * 1e9))
                    .append(" at least\n"),
            () -> out.append("No peak is known of a CPU: see --target\n"));
    return out.toString();
  }
}
