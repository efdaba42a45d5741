package org.girih.hlo.rewrite;

import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloReader;

/// Reads a module that another program wrote, so that it may be compiled.
public final class ForeignModule {
  private ForeignModule() {}

  /// Reads the bytes of a `HloModuleProto`, verifies it, and rewrites what plugins die of or
  /// compute wrongly. Compile what comes out, never the bytes themselves.
  public static HloReader.Read read(byte[] bytes, HloLimits limits) {
    HloReader.Read read = HloReader.read(bytes, limits);
    return new HloReader.Read(read.module().map(ForeignModule::rewritten), read.diagnostics());
  }

  /// Returns a verified module with its sorts, angles, conditionals and long kernels rewritten.
  static HloModuleProto rewritten(HloModuleProto module) {
    var edit = new ModuleEdit(module);
    var handedOn = new HandedOnResults(edit);
    var out = module.toBuilder();
    for (HloComputationProto.Builder computation : out.getComputationsBuilderList()) {
      StableSorts.apply(computation);
      HiddenDivisors.apply(computation, edit);
      handedOn.apply(computation);
    }
    return Cuts.of(out.build());
  }
}
