package org.girih.passes.rebuild;

import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Severity;
import org.girih.ir.program.Func;
import org.girih.ir.program.Program;

/// The work that a pass may still do, counted in rewrites or in equations that it copies: never in
/// time, so that a program is the same whenever it is compiled. A pass that finds it spent leaves
/// the rest as it is, which is valid, and reports that.
public final class RewriteBudget {
  /// The budget that even the smallest program has.
  private static final long LEAST = 10_000;

  private final String pass;
  private final long limit;
  private long spent;
  private boolean refused;

  public RewriteBudget(String pass, long limit) {
    this.pass = pass;
    this.limit = limit;
  }

  /// Returns a budget of that many units for each equation of the program, and some more.
  public static RewriteBudget each(String pass, Program program, long units) {
    return new RewriteBudget(pass, LEAST + units * equations(program));
  }

  public static long equations(Program program) {
    long equations = 0;
    for (Func func : program.funcs().values()) {
      equations += func.block().equations().size();
    }
    return equations;
  }

  /// Takes units; false if that many are not left, and then none are taken.
  public boolean spend(long units) {
    if (units > limit - spent) {
      refused = true;
      return false;
    }
    spent += units;
    return true;
  }

  public long spent() {
    return spent;
  }

  /// Reports it if something was refused.
  public void tell(Diagnostics diagnostics) {
    if (refused) {
      diagnostics.add(
          Diagnostic.error(
                  Code.PASS_STOPPED,
                  "pass `" + pass + "` stopped after " + spent + " of at most " + limit + " steps")
              .withSeverity(Severity.WARNING)
              .help("the program is right, only less optimised; `--time-passes` says by how much"));
    }
  }
}
