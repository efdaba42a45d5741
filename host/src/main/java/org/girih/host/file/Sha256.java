package org.girih.host.file;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import org.girih.host.array.HostArray;

/// SHA-256 of what files hold.
public final class Sha256 {
  /// A buffer of the JDK holds no more than 2 GiB.
  private static final long CHUNK = 1L << 30;

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /// Returns the digest of a text, in hexadecimal.
  public static String of(String text) {
    return HexFormat.of().formatHex(start().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// Returns the digest of names, types and elements, in hexadecimal. It is taken from what was
  /// read, so that no file is read twice for it.
  public static String of(SortedMap<String, HostArray> arrays) {
    MessageDigest sha = start();
    for (Map.Entry<String, HostArray> each : arrays.entrySet()) {
      HostArray array = each.getValue();
      String head = each.getKey().length() + ":" + each.getKey() + ":" + array.typeText() + ":";
      sha.update(head.getBytes(StandardCharsets.UTF_8));
      MemorySegment data = array.data();
      for (long at = 0; at < data.byteSize(); at += CHUNK) {
        sha.update(data.asSlice(at, Math.min(CHUNK, data.byteSize() - at)).asByteBuffer());
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
