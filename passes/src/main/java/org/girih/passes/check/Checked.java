package org.girih.passes.check;

import java.util.List;
import java.util.Optional;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;

/// A program whose entries report what went wrong, and the table of what may.
///
/// @param sites by their numbers less one
public record Checked(Program program, List<RecordSite> sites) {
  /// The names of the last two results of a checked entry.
  static final String RECORD = "check.record";

  static final String VALUES = "check.values";

  /// The numbers of a site that are shown.
  public static final int SHOWN = 6;

  /// The places in a record: the site's number (0: nothing went wrong), the row-major place of the
  /// element, the number of the call in the user's program (or of the site itself), then for each
  /// loop around it, the outermost first, its number and the iteration's.
  static final int SITE = 0;

  static final int PLACE = 1;
  static final int USER = 2;
  static final int LOOPS = 3;

  public Checked {
    sites = List.copyOf(sites);
  }

  /// Returns how many results an entry has besides the program's own: the record and the values, or
  /// none where nothing can go wrong.
  public static int added(Entry entry) {
    return entry.results().contains(RECORD) ? 2 : 0;
  }

  /// An iteration of a loop, counted from 0.
  public record Iteration(RecordSite.Loop loop, int number) {}

  /// The first thing that went wrong.
  ///
  /// @param site what went wrong
  /// @param place the row-major place of the element
  /// @param around the place in the user's program, if the site is not in it
  /// @param iterations of the loops around it, the outermost first
  /// @param values as the site defines
  public record Finding(
      RecordSite site,
      int place,
      Optional<RecordSite> around,
      List<Iteration> iterations,
      double[] values) {}

  /// Returns what the last two results of an entry report; empty if nothing went wrong.
  public Optional<Finding> finding(int[] record, double[] values) {
    if (record[SITE] == 0) {
      return Optional.empty();
    }
    RecordSite site = sites.get(record[SITE] - 1);
    boolean hidden = record[USER] != 0 && record[USER] != record[SITE];
    var iterations = new java.util.ArrayList<Iteration>();
    for (int i = LOOPS; i + 1 < record.length && record[i] != 0; i += 2) {
      iterations.add(new Iteration((RecordSite.Loop) sites.get(record[i] - 1), record[i + 1]));
    }
    return Optional.of(
        new Finding(
            site,
            record[PLACE],
            hidden ? Optional.of(sites.get(record[USER] - 1)) : Optional.empty(),
            iterations,
            values));
  }
}
