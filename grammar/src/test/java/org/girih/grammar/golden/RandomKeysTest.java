package org.girih.grammar.golden;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// No program that is accepted uses a key twice, and most right ones are accepted: those that are
/// not are wrong but for a condition that their one run does not meet.
final class RandomKeysTest {
  @Test
  void noKeyOfAnAcceptedProgramIsUsedTwice() {
    check(0, 800);
  }

  @Tag("full")
  @Test
  void norInThousands() {
    check(800, 8_000);
  }

  private static void check(long from, long to) {
    int right = 0;
    int accepted = 0;
    int refused = 0;
    for (long seed = from; seed < to; seed++) {
      RandomKeys program = RandomKeys.of(seed);
      Diagnostics said = Checked.check(new Source("p.girih", program.text()));
      boolean yes = said.errorCount() == 0;
      boolean keys = said.all().stream().anyMatch(d -> d.code() == Code.KEY_USED_TWICE);
      assertTrue(yes || keys, () -> said.all() + "\n" + program.text());
      assertTrue(!yes || program.right(), () -> "uses a key twice\n" + program.text());
      right += program.right() ? 1 : 0;
      accepted += yes ? 1 : 0;
      refused += program.right() && !yes ? 1 : 0;
    }
    System.out.printf("%d programs, %d right, %d accepted%n", to - from, right, accepted);
    assertTrue(accepted > (to - from) / 4, "accepted " + accepted);
    assertTrue(refused < right / 3, "refused " + refused + " of " + right);
  }
}
