package org.girih.host.print;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.InflaterInputStream;
import org.girih.host.array.HostArray;
import org.girih.ir.type.DType;

/// Reads the tables that testdata/scripts/array_text.py made with NumPy and Python.
final class TextTables {
  private TextTables() {}

  static List<String[]> lines(String name) {
    try (var in = TextTables.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static HostArray array(String dtype, String dims, String data) {
    byte[] packed = Base64.getDecoder().decode(data);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      long[] sizes =
          dims.isEmpty()
              ? new long[0]
              : Arrays.stream(dims.split(",")).mapToLong(Long::parseLong).toArray();
      return new HostArray(
          DType.of(dtype).orElseThrow(), sizes, MemorySegment.ofArray(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
