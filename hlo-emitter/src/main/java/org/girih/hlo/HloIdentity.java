package org.girih.hlo;

import org.girih.hlo.proto.HloModuleProto;

/// The parts of a module that influence what it computes: all but the places in the source that its
/// instructions come from. Two programs that differ in comments and line breaks only are equal
/// here.
public final class HloIdentity {
  private HloIdentity() {}

  /// Returns the bytes of the module without its metadata; to be compared, not to be compiled.
  public static byte[] of(HloModuleProto module) {
    var bare = module.toBuilder();
    for (var computation : bare.getComputationsBuilderList()) {
      for (var instruction : computation.getInstructionsBuilderList()) {
        instruction.clearMetadata();
      }
    }
    return bare.build().toByteArray();
  }
}
