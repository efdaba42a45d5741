package org.girih.grammar.elaborate.core;

import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Span;

/// What one elaboration may take: a program that doubles something forty times ends with an error
/// and not with the machine's memory.
final class ElaborationBudget {
  /// Expressions evaluated and parts of types looked at, in all: two seconds or so.
  private static final long MAX_STEPS = 2_000_000;

  /// Parts of a value, which calls flatten, compare and describe: ten times what the largest
  /// parameter trees have.
  private static final int MAX_PARTS = 100_000;

  private long steps;

  long steps() {
    return steps;
  }

  void step(Elaboration e, int count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw e.fault(
          Diagnostic.error(
                  Code.TOO_LARGE,
                  e.here(),
                  "working out this program takes more than " + MAX_STEPS + " steps")
              .help(
                  "something doubles or is unrolled here; what a `loop` or `vmap` repeats is worked out once"));
    }
  }

  Val held(Elaboration e, Val val, Span at) {
    if (Trees.largerThan(val, MAX_PARTS)) {
      throw e.fault(
          Diagnostic.error(Code.TOO_LARGE, at, "this value has more than " + MAX_PARTS + " parts")
              .help("something doubles here; an array holds many numbers as one part"));
    }
    return val;
  }
}
