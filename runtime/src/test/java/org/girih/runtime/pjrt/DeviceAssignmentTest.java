package org.girih.runtime.pjrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The bytes of the options, field by field, and what is refused before a plugin sees it.
class DeviceAssignmentTest {
  private static String hex(DeviceAssignment assignment) {
    return HexFormat.of().formatHex(assignment.encode(List.of()));
  }

  @Test
  void countsAreAlwaysWritten() {
    // 1a: build options; 08 ff…01: ordinal -1; 20 01, 28 01: counts; 4a: the assignment, whose
    // 08 01, 10 01 are counts and 1a the devices of the only part
    assertEquals(
        "1a19" + "08ffffffffffffffffff01" + "2001" + "2801" + "4a08" + "0801" + "1001" + "1a020803",
        hex(DeviceAssignment.single(3)));
  }

  @Test
  void partsComeFirstInTheAssignment() {
    // 30 01: the partitioner, 62 01 01: which places the results; part 0 is on devices 4 and 6,
    // part 1 on 5 and 7
    assertEquals(
        "1a26"
            + "08ffffffffffffffffff01"
            + "2002"
            + "2802"
            + "3001"
            + "620101"
            + "4a10"
            + "0802"
            + "1002"
            + "1a0408040806"
            + "1a0408050807",
        hex(new DeviceAssignment(2, 2, List.of(4, 5, 6, 7))));
  }

  @Test
  void theCompilerOfTheCpuIsToldSome() {
    assertEquals(List.of(), XlaOption.of("cuda", 115));
    assertEquals(
        List.of("xla_cpu_enable_fast_min_max"),
        XlaOption.of("cpu", 81).stream().map(XlaOption::name).toList());
    List<XlaOption> options = XlaOption.of("cpu", 106);
    assertEquals(
        List.of("xla_cpu_enable_fast_min_max", "xla_cpu_experimental_ynn_fusion_type"),
        options.stream().map(XlaOption::name).toList());
    // 3a: an entry, 0a its key, 12 its value: 10 00, false
    String first = HexFormat.of().formatHex(DeviceAssignment.single(0).encode(options));
    assertTrue(first.contains("3a21" + "0a1b" + hexOf("xla_cpu_enable_fast_min_max") + "12021000"));
    assertTrue(first.contains(hexOf("LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT,")), first);
  }

  private static String hexOf(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void countsAndIdsMustAgree() {
    assertThrows(IllegalArgumentException.class, () -> new DeviceAssignment(0, 1, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new DeviceAssignment(1, 0, List.of()));
    assertThrows(IllegalArgumentException.class, () -> new DeviceAssignment(2, 2, List.of(0, 1)));
    assertThrows(IllegalArgumentException.class, () -> new DeviceAssignment(1, 2, List.of(0, 0)));
    assertThrows(IllegalArgumentException.class, () -> DeviceAssignment.single(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new DeviceAssignment(1 << 16, 1 << 16, List.of()),
        "the product overflows no int");
  }
}
