package org.girih.cli.cross;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import org.girih.host.figures.ModuleFigures;
import org.girih.runtime.pjrt.Executable;
import org.junit.jupiter.api.Test;

/// Times by hand, from the figures of the chips.
class EstimateTest {
  @Test
  void aStepTakesAsLongAsItsSlowerPartAndTheLinks() {
    var figures = new ModuleFigures(new TreeMap<>(), 0, 32, List.of(), 0);
    // 197e12 operations a second, 819e9 bytes a second
    var compute = Estimate.of(Chip.V5E, new Executable.Cost(197e12, 0, 819e8), 7, figures, 1);
    assertEquals(1, compute.seconds(), 1e-12);
    var memory = Estimate.of(Chip.V5E, new Executable.Cost(197e11, 0, 2 * 819e9), 7, figures, 1);
    assertEquals(2, memory.seconds(), 1e-12);
    var uncounted =
        Estimate.of(
            Chip.H100, new Executable.Cost(Double.NaN, Double.NaN, Double.NaN), 989e12, figures, 4);
    assertEquals("program", uncounted.flopsFrom());
    assertEquals(0.25, uncounted.seconds(), 1e-12);
    assertEquals(32 / 3350e9, uncounted.memory(), 1e-18);
  }
}
