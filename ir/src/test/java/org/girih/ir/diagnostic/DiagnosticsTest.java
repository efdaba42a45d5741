package org.girih.ir.diagnostic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.junit.jupiter.api.Test;

/// What is said once.
class DiagnosticsTest {
  private static final Span HERE = new Span(new Source("a.girih", "let x = y"), 8, 9);
  private static final Diagnostic UNKNOWN = Diagnostic.error(Code.UNKNOWN_NAME, HERE, "no `y`");

  private static Diagnostic.Frame frame(String name) {
    return new Diagnostic.Frame(name, Optional.of(HERE), Optional.empty());
  }

  @Test
  void aMistakeThatSeveralCallsLeadToIsSaidOnceByTheShortestWay() {
    var diagnostics = new Diagnostics();
    diagnostics.add(UNKNOWN.trace(List.of(frame("f"), frame("g"))));
    diagnostics.add(UNKNOWN.trace(List.of(frame("f"))));
    diagnostics.add(UNKNOWN.trace(List.of(frame("f"), frame("h"))));
    diagnostics.add(
        Diagnostic.error(Code.UNKNOWN_NAME, HERE, "no `y` either")
            .trace(List.of(frame("f"), frame("h"))));
    assertEquals(List.of(UNKNOWN.trace(List.of(frame("f")))), diagnostics.all());
    assertEquals(1, diagnostics.errorCount());
  }

  @Test
  void otherMessagesOfOnePlaceAreAllSaid() {
    var diagnostics = new Diagnostics();
    diagnostics.add(UNKNOWN);
    diagnostics.add(Diagnostic.error(Code.UNKNOWN_NAME, HERE, "no `z`"));
    assertEquals(2, diagnostics.errorCount());
  }

  @Test
  void aWarningOfOnePlaceIsSaidOnce() {
    var diagnostics = new Diagnostics();
    diagnostics.add(Diagnostic.warning(Code.CONDITION_OF_DEF, HERE, "n >= 1"));
    diagnostics.add(Diagnostic.warning(Code.CONDITION_OF_DEF, HERE, "n >= 2"));
    assertEquals(1, diagnostics.all().size());
    assertFalse(diagnostics.hasErrors());
  }
}
