package org.girih.host.file;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.girih.host.array.HostArray;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// The head of a `.npy` file (NumPy Enhancement Proposal 1): magic, version, length, and a Python
/// literal that [HeaderLiteral] reads.
///
/// @param bigEndian whether elements are stored with the high byte first
/// @param fortran whether the first axis varies fastest
/// @param length bytes of the head, so where the data begin
record NpyHeader(DType dtype, long[] dims, boolean bigEndian, boolean fortran, long length) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_HEADER = 1 << 20;

  /// NumPy has no name for `bf16`; `ml_dtypes` registers it as raw bytes, so that is what `np.save`
  /// writes. It does so for most 8-bit floats and the 4-bit integers too, all under one name: which
  /// of them a file holds cannot be told.
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
          Map.entry("f1", DType.F8E5M2),
          Map.entry("f2", DType.F16),
          Map.entry("f4", DType.F32),
          Map.entry("f8", DType.F64),
          Map.entry("c8", DType.C64),
          Map.entry("c16", DType.C128),
          Map.entry("V2", DType.BF16));

  /// Reads the head; the stream is at the data then.
  static NpyHeader read(InputStream in, String name) throws IOException, FileProblem {
    byte[] start = in.readNBytes(8);
    if (start.length < 8 || !Arrays.equals(start, 0, 6, MAGIC, 0, 6)) {
      throw bad(name, "it does not begin as a .npy file does");
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
      throw bad(name, "it claims a header of " + size + " bytes");
    }
    byte[] text = in.readNBytes((int) size);
    if (text.length < size) {
      throw bad(name, "it ends in its header");
    }
    try {
      var entries = HeaderLiteral.parse(new String(text, StandardCharsets.ISO_8859_1));
      boolean bigEndian = entries.descr().startsWith(">");
      DType dtype = dtype(entries.descr(), name);
      return new NpyHeader(
          dtype, entries.shape(), bigEndian, entries.fortran(), 8 + lengthBytes + size);
    } catch (HeaderLiteral.Malformed e) {
      throw bad(name, e.getMessage());
    }
  }

  private static FileProblem bad(String name, String why) {
    return new FileProblem(
        Code.BAD_ARRAY_FILE, "`" + name + "` is not an array that can be read: " + why);
  }

  private static DType dtype(String descr, String name) throws FileProblem {
    String plain = descr.replaceFirst("^[<>|=]", "");
    DType dtype = NAMES.get(plain);
    if (dtype != null) {
      return dtype;
    }
    if (plain.startsWith("O")) {
      throw bad(name, "it holds Python objects, which are never unpickled");
    }
    if (plain.equals("V1")) {
      throw bad(name, "its bytes may be any 8-bit float or 4-bit integer; the file does not say");
    }
    throw bad(name, "no dtype corresponds to its `" + descr + "`");
  }

  ArrayType type() {
    return ArrayType.of(dtype, dims);
  }

  /// Returns the bytes of the data.
  ///
  /// @throws FileProblem if no memory could hold that many
  long bytes(String name) throws FileProblem {
    try {
      return Math.multiplyExact(HostArray.elements(dims), dtype.bytes());
    } catch (ArithmeticException e) {
      throw bad(name, "its sizes multiply to more bytes than there are");
    }
  }

  /// Reports that the data end before the bytes that the sizes promise.
  FileProblem truncated(String name, long found) {
    return bad(name, "it ends after " + found + " of the bytes of " + type() + ": it is truncated");
  }

  /// Returns the head of a new file, padded so that the data begin at a multiple of 64 bytes.
  static byte[] write(HostArray array) {
    var shape = new StringBuilder("(");
    for (long dim : array.dims()) {
      shape.append(dim).append(array.rank() == 1 ? "," : ", ");
    }
    if (array.rank() > 1) {
      shape.setLength(shape.length() - 2);
    }
    String text =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s), }"
            .formatted(descr(array.dtype()), shape);
    int total = (MAGIC.length + 4 + text.length() + 1 + 63) / 64 * 64;
    int length = total - MAGIC.length - 4;
    byte[] out = new byte[total];
    Arrays.fill(out, (byte) ' ');
    System.arraycopy(MAGIC, 0, out, 0, MAGIC.length);
    out[6] = 1;
    out[7] = 0;
    out[8] = (byte) length;
    out[9] = (byte) (length >> 8);
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(ascii, 0, out, 10, ascii.length);
    out[total - 1] = '\n';
    return out;
  }

  private static String descr(DType dtype) {
    return switch (dtype) {
      case BOOL -> "|b1";
      // NumPy reads these as the 8-bit integers that they fit
      case I4, I8 -> "|i1";
      case U4, U8 -> "|u1";
      case I16 -> "<i2";
      case I32 -> "<i4";
      case I64 -> "<i8";
      case U16 -> "<u2";
      case U32 -> "<u4";
      case U64 -> "<u8";
      case F8E5M2 -> "<f1";
      case F8E4M3FN, F8E4M3B11FNUZ, F8E4M3FNUZ, F8E5M2FNUZ -> "<V1";
      case F16 -> "<f2";
      case BF16 -> "<V2";
      case F32 -> "<f4";
      case F64 -> "<f8";
      case C64 -> "<c8";
      case C128 -> "<c16";
    };
  }

  static FileProblem unreadable(String name, IOException e) {
    String why =
        switch (e) {
          case java.nio.file.NoSuchFileException _ -> "no such file";
          case java.nio.file.AccessDeniedException _ -> "access is denied";
          case EOFException _ -> "it ends too soon";
          case IOException other ->
              other.getMessage() == null ? "input failed" : other.getMessage();
        };
    return new FileProblem(Code.CANNOT_READ, "cannot read `" + name + "`: " + why);
  }
}
