package org.girih.runtime.pjrt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A flag of XLA that a module is compiled with: an entry of `env_option_overrides` in
/// `CompileOptionsProto`.
///
/// @param name the flag
/// @param value the bytes of an `OptionOverrideProto`
record XlaOption(String name, byte[] value) {
  /// The least version of the PJRT API whose CPU plugin is known to have
  /// `xla_cpu_experimental_ynn_fusion_type`.
  private static final int YNNPACK_MINOR = 106;

  /// Returns the options for the compiler of a platform with which its numbers are right.
  ///
  /// - `maximum` and `minimum` keep a NaN; older versions of XLA's CPU compiler drop it by default.
  /// - YNNPACK gets products and convolutions alone, nothing that is fused. In API 0.115
  ///   `sum((a @ b) * a)` of a `b` that is one number broadcast yields numbers of 300 digits, and
  ///   reductions of arrays of rank 7 may end the process. Reductions are also faster without it.
  static List<XlaOption> of(String platform, int apiMinor) {
    var options = new ArrayList<XlaOption>();
    if (platform.equals("cpu")) {
      options.add(
          new XlaOption("xla_cpu_enable_fast_min_max", new ProtoMessage().varint(2, 0).bytes()));
      if (apiMinor >= YNNPACK_MINOR) {
        options.add(
            text(
                "xla_cpu_experimental_ynn_fusion_type",
                "LIBRARY_FUSION_TYPE_INDIVIDUAL_DOT,LIBRARY_FUSION_TYPE_INDIVIDUAL_CONVOLUTION"));
      }
    }
    return options;
  }

  private static XlaOption text(String name, String value) {
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    return new XlaOption(name, new ProtoMessage().nested(1, text).bytes());
  }

  /// Returns an entry of the map in `CompileOptionsProto`.
  byte[] entry() {
    return new ProtoMessage()
        .nested(1, name.getBytes(StandardCharsets.US_ASCII))
        .nested(2, value)
        .bytes();
  }
}
