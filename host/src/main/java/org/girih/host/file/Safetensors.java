package org.girih.host.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.HostMemory;

/// `.safetensors` files: the length of a JSON header in eight bytes, the header, the arrays without
/// gaps. The header states dtype, shape and place of each name. Reading holds every number against
/// the file: places that lie outside, overlap or leave gaps, and sizes that do not fit, are
/// refused.
final class Safetensors {
  /// The size that the format's own library allows a header.
  private static final long MAX_HEADER = 100_000_000;

  private static final Map<String, DType> NAMES =
      Map.ofEntries(
          Map.entry("BOOL", DType.BOOL),
          Map.entry("I8", DType.I8),
          Map.entry("I16", DType.I16),
          Map.entry("I32", DType.I32),
          Map.entry("I64", DType.I64),
          Map.entry("U8", DType.U8),
          Map.entry("U16", DType.U16),
          Map.entry("U32", DType.U32),
          Map.entry("U64", DType.U64),
          Map.entry("F8_E5M2", DType.F8E5M2),
          Map.entry("F8_E4M3", DType.F8E4M3FN),
          Map.entry("F16", DType.F16),
          Map.entry("BF16", DType.BF16),
          Map.entry("F32", DType.F32),
          Map.entry("F64", DType.F64),
          Map.entry("C64", DType.C64));

  private Safetensors() {}

  /// An array's entry.
  ///
  /// @param begin its first byte, counted behind the header
  private record Entry(String name, DType dtype, long[] dims, long begin, long end) {}

  /// @param start where the arrays begin
  private record Header(List<Entry> entries, long start) {}

  static SortedMap<String, ArrayType> types(Path path) throws IOException, FileProblem {
    try (var channel = FileChannel.open(path)) {
      var out = new TreeMap<String, ArrayType>();
      for (Entry each : header(channel, path.toString()).entries) {
        out.put(each.name, ArrayType.of(each.dtype, each.dims));
      }
      return out;
    }
  }

  static SortedMap<String, HostArray> read(Path path) throws IOException, FileProblem {
    try (var channel = FileChannel.open(path)) {
      Header header = header(channel, path.toString());
      long bytes = channel.size() - header.start;
      if (bytes > HostMemory.available()) {
        throw new FileProblem(
            Code.OUT_OF_MEMORY,
            "`%s` holds %d MiB; %d MiB of memory are free"
                .formatted(path, bytes >> 20, HostMemory.available() >> 20));
      }
      var out = new TreeMap<String, HostArray>();
      for (Entry each : header.entries) {
        MemorySegment data = Arena.ofAuto().allocate(Math.max(1, each.end - each.begin), 64);
        MemorySegment exact = data.asSlice(0, each.end - each.begin);
        fill(channel, header.start + each.begin, exact, path.toString());
        if (each.dtype.isBool()) {
          Layouts.truths(exact);
        }
        out.put(each.name, new HostArray(each.dtype, each.dims, exact));
      }
      return out;
    }
  }

  private static void fill(FileChannel channel, long from, MemorySegment data, String name)
      throws IOException, FileProblem {
    for (long at = 0; at < data.byteSize(); ) {
      ByteBuffer part = data.asSlice(at, Math.min(1 << 26, data.byteSize() - at)).asByteBuffer();
      int count = channel.read(part, from + at);
      if (count < 0) {
        throw bad(name, "it ends in an array");
      }
      at += count;
    }
  }

  private static Header header(FileChannel channel, String name) throws IOException, FileProblem {
    var length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    if (channel.read(length, 0) < 8) {
      throw bad(name, "it has no header");
    }
    long size = length.getLong(0);
    if (size < 2 || size > MAX_HEADER || size > channel.size() - 8) {
      throw bad(name, "its header would have " + Long.toUnsignedString(size) + " bytes");
    }
    var text = ByteBuffer.allocate((int) size);
    while (text.hasRemaining() && channel.read(text, 8L + text.position()) >= 0) {
      // until all of it is there
    }
    if (text.hasRemaining()) {
      throw bad(name, "it ends in its header");
    }
    List<Entry> entries;
    // The format's text is UTF-8; given bytes, the parser would guess.
    try (var json = new JsonFactory().createParser(utf8(text.array(), name))) {
      entries = entries(json, name);
    } catch (JsonParseException | StreamConstraintsException e) {
      throw bad(name, "its header is not JSON: " + e.getOriginalMessage());
    } catch (StreamReadException e) {
      throw bad(name, "its header has an invalid number");
    }
    gapless(entries, channel.size() - 8 - size, name);
    return new Header(entries, 8 + size);
  }

  private static String utf8(byte[] text, String name) throws FileProblem {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
    } catch (CharacterCodingException e) {
      throw bad(name, "its header is not UTF-8");
    }
  }

  /// Checks that the arrays cover the rest of the file, each byte once.
  private static void gapless(List<Entry> entries, long size, String name) throws FileProblem {
    var sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long at = 0;
    for (Entry each : sorted) {
      if (each.begin != at) {
        throw bad(
            name,
            "`%s` begins at byte %d, expected %d: arrays overlap or leave a gap"
                .formatted(each.name, each.begin, at));
      }
      at = each.end;
    }
    if (at != size) {
      throw bad(name, "its arrays have " + at + " bytes, and it holds " + size);
    }
  }

  private static List<Entry> entries(JsonParser json, String name) throws IOException, FileProblem {
    var out = new ArrayList<Entry>();
    var names = new java.util.HashSet<String>();
    expect(json.nextToken(), JsonToken.START_OBJECT, name);
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json.currentToken(), JsonToken.FIELD_NAME, name);
      String key = json.currentName();
      expect(json.nextToken(), JsonToken.START_OBJECT, name);
      if (!names.add(key)) {
        throw bad(name, "it has two arrays `" + key + "`");
      }
      if (key.equals("__metadata__")) {
        json.skipChildren();
      } else {
        out.add(entry(json, key, name));
      }
    }
    if (json.nextToken() != null) {
      throw bad(name, "it has data after its header");
    }
    return out;
  }

  private static Entry entry(JsonParser json, String key, String name)
      throws IOException, FileProblem {
    DType dtype = null;
    long[] dims = null;
    long[] place = null;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      expect(json.currentToken(), JsonToken.FIELD_NAME, name);
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(json.currentToken(), JsonToken.VALUE_STRING, name);
          dtype = NAMES.get(json.getText());
          if (dtype == null) {
            throw bad(name, "the dtype " + json.getText() + " of `" + key + "` is unknown");
          }
        }
        case "shape" -> dims = numbers(json, name);
        case "data_offsets" -> place = numbers(json, name);
        case String other -> throw bad(name, "`" + key + "` has a field `" + other + "`");
      }
    }
    if (dtype == null || dims == null || place == null || place.length != 2) {
      throw bad(name, "`" + key + "` lacks dtype, shape or data_offsets");
    }
    try {
      long bytes = Math.multiplyExact(HostArray.elements(dims), dtype.bytes());
      if (place[1] - place[0] != bytes) {
        throw bad(
            name,
            "`%s` is %s, %d bytes, and has %d"
                .formatted(key, ArrayType.of(dtype, dims), bytes, place[1] - place[0]));
      }
    } catch (ArithmeticException e) {
      throw bad(name, "`" + key + "` would be larger than any memory");
    }
    return new Entry(key, dtype, dims, place[0], place[1]);
  }

  private static long[] numbers(JsonParser json, String name) throws IOException, FileProblem {
    expect(json.currentToken(), JsonToken.START_ARRAY, name);
    var out = new ArrayList<Long>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
      long number = json.getLongValue();
      if (number < 0 || number > 1L << 56 || out.size() > 64) {
        throw bad(name, "its header has the number " + number);
      }
      out.add(number);
    }
    return out.stream().mapToLong(n -> n).toArray();
  }

  private static void expect(JsonToken found, JsonToken due, String name) throws FileProblem {
    if (found != due) {
      throw bad(name, "its header does not follow the format");
    }
  }

  private static FileProblem bad(String name, String why) {
    return new FileProblem(
        Code.BAD_ARRAY_FILE, "`" + name + "` is not a .safetensors file: " + why);
  }

  /// Writes arrays in the order of their names; the header is filled up with blanks so that the
  /// data begin at a multiple of eight.
  static void write(OutputStream out, SortedMap<String, HostArray> arrays) throws IOException {
    head(out, arrays);
    for (HostArray array : arrays.values()) {
      DataFiles.bytes(out, array);
    }
  }

  /// Writes what comes before the first array.
  static void head(OutputStream out, SortedMap<String, HostArray> arrays) throws IOException {
    var header = new ByteArrayOutputStream();
    try (var json = new JsonFactory().createGenerator(header)) {
      json.writeStartObject();
      long at = 0;
      for (var each : arrays.entrySet()) {
        HostArray array = each.getValue();
        json.writeObjectFieldStart(each.getKey());
        json.writeStringField("dtype", name(array.dtype()));
        json.writeFieldName("shape");
        json.writeArray(array.dims(), 0, array.dims().length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {at, at + array.data().byteSize()}, 0, 2);
        json.writeEndObject();
        at += array.data().byteSize();
      }
      json.writeEndObject();
    }
    byte[] text = header.toByteArray();
    byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, 8) * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(padded.length).array());
    out.write(padded);
  }

  /// Refuses arrays for whose dtype the format has no name.
  static void requireDtypes(SortedMap<String, HostArray> arrays) throws FileProblem {
    for (var each : arrays.entrySet()) {
      DType dtype = each.getValue().dtype();
      if (!NAMES.containsValue(dtype)) {
        throw new FileProblem(
            Code.CANNOT_WRITE,
            "a .safetensors holds no " + dtype.text() + ", as `" + each.getKey() + "` is");
      }
    }
  }

  private static String name(DType dtype) {
    return NAMES.entrySet().stream()
        .filter(e -> e.getValue() == dtype)
        .findFirst()
        .orElseThrow()
        .getKey();
  }
}
