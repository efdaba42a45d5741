package org.girih.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryOptionTest {
  @ParameterizedTest
  @CsvSource({
    "17, 17",
    "17B, 17",
    "1k, 1024",
    "1kB, 1000",
    "1KiB, 1024",
    "500MiB, 524288000",
    "2 GiB, 2147483648",
    "1.5GB, 1500000000",
    "0.5g, 536870912",
    "1tib, 1099511627776",
  })
  void sizes(String text, long bytes) {
    assertEquals(bytes, new MemoryOption.Sizes().convert(text).bytes());
  }
}
