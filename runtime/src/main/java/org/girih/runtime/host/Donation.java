package org.girih.runtime.host;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.girih.runtime.pjrt.Shape;

/// Lets results lie where donated inputs lie: adds the field `input_output_alias` to an
/// `HloModuleProto` (openxla/xla, `xla/service/hlo.proto`). Serialised messages that are put one
/// behind the other are one message, so that the module need not be parsed.
final class Donation {
  private Donation() {}

  /// @param donated numbers of inputs; each is paired with the first result of its shape that has
  ///     none yet, and one without such a result is only freed
  static byte[] alias(
      byte[] module, List<Shape> inputs, List<Shape> results, List<Integer> donated) {
    var aliases = new ByteArrayOutputStream();
    boolean[] taken = new boolean[results.size()];
    for (int input : donated) {
      for (int result = 0; result < taken.length; result++) {
        if (!taken[result] && results.get(result).equals(inputs.get(input))) {
          taken[result] = true;
          nested(aliases, 1, entry(results.size() == 1 ? -1 : result, input));
          break;
        }
      }
    }
    var out = new ByteArrayOutputStream();
    out.writeBytes(module);
    nested(out, 8, aliases.toByteArray());
    return out.toByteArray();
  }

  /// Returns an `AliasEntryProto`.
  ///
  /// @param result the index in the tuple of results; -1 if the result is not a tuple
  private static byte[] entry(int result, int input) {
    var out = new ByteArrayOutputStream();
    if (result >= 0) {
      var index = new ByteArrayOutputStream();
      varint(index, result);
      nested(out, 1, index.toByteArray()); // output_shape_index, packed
    }
    varint(out, 2 << 3);
    varint(out, input); // parameter_number
    varint(out, 4 << 3);
    varint(out, 1); // kind: MAY_ALIAS
    return out.toByteArray();
  }

  private static void nested(ByteArrayOutputStream out, int field, byte[] message) {
    varint(out, field << 3 | 2);
    varint(out, message.length);
    out.writeBytes(message);
  }

  private static void varint(ByteArrayOutputStream out, int value) {
    int rest = value;
    for (; rest > 0x7f; rest >>>= 7) {
      out.write(rest & 0x7f | 0x80);
    }
    out.write(rest);
  }
}
