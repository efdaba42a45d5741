package org.girih.cli.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.girih.cli.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// The head of a `.npy` file (NumPy Enhancement Proposal 1): magic, version, a Python literal
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
///
/// @param bigEndian whether elements are stored with the high byte first
/// @param fortran whether the first axis varies fastest
record NpyHeader(DType dtype, long[] dims, boolean bigEndian, boolean fortran) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 20;
  private static final Pattern ENTRY =
      Pattern.compile(
          "\\s*['\"](descr|fortran_order|shape)['\"]\\s*:\\s*"
              + "(?:['\"]([^'\"]*)['\"]|(True|False)|\\(([\\d,L\\s]*)\\))\\s*,?");

  /// Dtypes that NumPy has no name for are written as raw bytes of their width, as ml_dtypes does;
  /// these are read back by the names that ml_dtypes gives.
  private static final Map<String, DType> NAMES =
      Map.ofEntries(
          Map.entry("b1", DType.BOOL),
          Map.entry("i1", DType.I8),
          Map.entry("i2", DType.I16),
          Map.entry("i4", DType.I32),
          Map.entry("i8", DType.I64),
          Map.entry("u1", DType.U8),
          Map.entry("u2", DType.U16),
          Map.entry("u4", DType.U32),
          Map.entry("u8", DType.U64),
          Map.entry("f2", DType.F16),
          Map.entry("f4", DType.F32),
          Map.entry("f8", DType.F64),
          Map.entry("c8", DType.C64),
          Map.entry("c16", DType.C128),
          Map.entry("V2", DType.BF16));

  /// Reads the head; the stream stands at the data then.
  static NpyHeader read(InputStream in, String name) throws IOException, FileProblem {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !java.util.Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw bad(name, "it does not begin as a .npy file");
    }
    int version = start[6];
    if (version < 1 || version > 3) {
      throw bad(name, "version " + version + " of the format is unknown");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    byte[] length = in.readNBytes(lengthBytes);
    if (length.length < lengthBytes) {
      throw bad(name, "it ends in its header");
    }
    long size = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      size = size << 8 | length[i] & 0xff;
    }
    if (size > MAX_HEADER) {
      throw bad(name, "a header of " + size + " bytes");
    }
    byte[] text = in.readNBytes((int) size);
    if (text.length < size) {
      throw bad(name, "it ends in its header");
    }
    return parse(new String(text, StandardCharsets.UTF_8).strip(), name);
  }

  private static FileProblem bad(String name, String why) {
    return new FileProblem(
        Code.BAD_ARRAY_FILE, "`" + name + "` is no array that can be read: " + why);
  }

  private static NpyHeader parse(String text, String name) throws FileProblem {
    if (!text.startsWith("{") || !text.endsWith("}")) {
      throw bad(name, "its header is no dictionary");
    }
    String descr = null;
    Boolean fortran = null;
    String shape = null;
    Matcher entry = ENTRY.matcher(text.substring(1, text.length() - 1));
    int at = 0;
    while (entry.find() && entry.start() == at) {
      at = entry.end();
      switch (entry.group(1)) {
        case "descr" -> descr = entry.group(2);
        case "fortran_order" -> fortran = "True".equals(entry.group(3));
        default -> shape = entry.group(4);
      }
    }
    if (!text.substring(1 + at, text.length() - 1).isBlank() || fortran == null) {
      throw bad(
          name,
          text.contains("descr") && text.contains("[(")
              ? "records have no dtype here"
              : "its header is malformed");
    }
    if (descr == null || shape == null) {
      throw bad(name, "its header lacks dtype or shape");
    }
    return new NpyHeader(dtype(descr, name), dims(shape, name), descr.startsWith(">"), fortran);
  }

  private static DType dtype(String descr, String name) throws FileProblem {
    String plain = descr.replaceFirst("^[<>|=]", "");
    DType dtype = NAMES.get(plain);
    if (dtype == null) {
      throw bad(
          name,
          plain.startsWith("O")
              ? "it holds Python objects (dtype `" + descr + "`), which are never unpickled"
              : "the dtype `" + descr + "` is unknown");
    }
    return dtype;
  }

  private static long[] dims(String shape, String name) throws FileProblem {
    var dims = new ArrayList<Long>();
    for (String part : shape.split(",")) {
      String digits = part.strip().replace("L", "");
      if (digits.isEmpty()) {
        continue;
      }
      if (digits.length() > 18) {
        throw bad(name, "a size of " + digits);
      }
      dims.add(Long.parseLong(digits));
    }
    if (dims.size() > 64) {
      throw bad(name, dims.size() + " axes");
    }
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  /// The head of a new file, padded so that the data begin at a multiple of 64 bytes.
  static byte[] write(HostArray array) {
    String descr =
        switch (array.dtype()) {
          case BOOL -> "|b1";
          case I4, I8 -> "|i1";
          case U4, U8 -> "|u1";
          case I16 -> "<i2";
          case I32 -> "<i4";
          case I64 -> "<i8";
          case U16 -> "<u2";
          case U32 -> "<u4";
          case U64 -> "<u8";
          case F16 -> "<f2";
          case BF16 -> "<V2";
          case F8E4M3FN, F8E5M2, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> "<V1";
          case F32 -> "<f4";
          case F64 -> "<f8";
          case C64 -> "<c8";
          case C128 -> "<c16";
        };
    var shape = new StringBuilder("(");
    for (long dim : array.dims()) {
      shape.append(dim).append(array.rank() == 1 ? "," : ", ");
    }
    if (array.rank() > 1) {
      shape.setLength(shape.length() - 2);
    }
    String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + "), }";
    int total = (10 + text.length() + 1 + 63) / 64 * 64;
    String padded = text + " ".repeat(total - 10 - text.length() - 1) + "\n";
    byte[] out = new byte[total];
    System.arraycopy(MAGIC, 0, out, 0, 6);
    out[6] = 1;
    out[8] = (byte) padded.length();
    out[9] = (byte) (padded.length() >> 8);
    System.arraycopy(padded.getBytes(StandardCharsets.ISO_8859_1), 0, out, 10, padded.length());
    return out;
  }

  ArrayType type() {
    return ArrayType.of(dtype, dims);
  }

  /// @throws FileProblem if the size leaves what memory can hold
  long bytes(String name) throws FileProblem {
    try {
      return Math.multiplyExact(HostArray.elements(dims), dtype.bytes());
    } catch (ArithmeticException e) {
      throw bad(name, "the array is larger than any memory");
    }
  }

  /// Reads exactly as much as the head promises.
  byte[] data(InputStream in, String name) throws IOException, FileProblem {
    long bytes = bytes(name);
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new FileProblem(
          Code.TOO_LARGE, "`" + name + "` holds " + type() + ", " + bytes + " bytes: over 2 GiB");
    }
    byte[] data = in.readNBytes((int) bytes);
    if (data.length < bytes) {
      throw bad(name, "it ends after " + data.length + " of " + bytes + " bytes of " + type());
    }
    return data;
  }

  static FileProblem unreadable(String name, IOException e) {
    String why =
        switch (e) {
          case java.nio.file.NoSuchFileException _ -> "there is no such file";
          case java.nio.file.AccessDeniedException _ -> "access is denied";
          case EOFException _ -> "it ends too soon";
          case java.util.zip.ZipException z -> "it is no zip archive: " + z.getMessage();
          case IOException other ->
              other.getMessage() == null ? "input failed" : other.getMessage();
        };
    return new FileProblem(Code.CANNOT_READ, "cannot read `" + name + "`: " + why);
  }
}
