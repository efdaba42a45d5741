package org.girih.passes.transform;

import org.girih.ir.op.Refusal;
import org.girih.ir.program.Origin;

/// A rule's refusal with the place of the equation that it was asked about.
final class RefusedAt extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;
  private final transient Origin origin;

  RefusedAt(Refusal refusal, Origin origin) {
    super(refusal.getMessage(), refusal);
    this.refusal = refusal;
    this.origin = origin;
  }

  Refusal refusal() {
    return refusal;
  }

  Origin origin() {
    return origin;
  }
}
