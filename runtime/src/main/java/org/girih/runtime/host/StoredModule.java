package org.girih.runtime.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloReader;

/// A module that lies in an artifact, which may be anybody's: the plugin runs in this process, and
/// ends it on a module that it dislikes.
final class StoredModule {
  private StoredModule() {}

  /// Returns the module, verified, without what plugins are known to die of or to compute wrongly.
  ///
  /// @param place how messages call it
  /// @throws IllegalStateException if it is refused; its message states why
  static byte[] verified(byte[] hlo, String place) {
    HloReader.Read read = ForeignModule.read(hlo, HloLimits.none());
    return read.module()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the module of "
                        + place
                        + " is refused: "
                        + read.diagnostics().getFirst().message()))
        .toByteArray();
  }

  /// Returns what identifies the executable that is made of a verified module; another than that of
  /// the bytes themselves, which an older version may have compiled unread.
  static byte[] identity(byte[] hlo) {
    var out = new ByteArrayOutputStream();
    out.writeBytes("verified\n".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(hlo);
    return out.toByteArray();
  }
}
