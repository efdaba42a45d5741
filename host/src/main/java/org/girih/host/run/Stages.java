package org.girih.host.run;

import com.google.protobuf.InvalidProtocolBufferException;
import org.girih.hlo.HloText;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.status.PjrtException;

/// Shows what the plugin makes of a program.
public final class Stages {
  private Stages() {}

  /// Returns the module after the plugin's own passes, as text.
  public static String compiled(Client client, Program program, Entry entry) throws RunProblem {
    byte[] module = HloEmitter.emit(program, entry).toByteArray();
    var shapes =
        program.func(entry.func()).block().paramTypes().stream().map(RuntimeShapes::of).toList();
    try (var executable = client.compile(module, shapes)) {
      return HloText.print(module(executable.optimized()));
    } catch (PjrtException | InvalidProtocolBufferException e) {
      throw new RunProblem(
          Diagnostic.error(
              Code.PLUGIN_FAILED, "the plugin's code cannot be shown: " + e.getMessage()));
    }
  }

  /// Returns what the plugin's analysis reports of an entry, compiled for one device.
  public static Executable.Cost cost(Client client, Program program, Entry entry)
      throws RunProblem {
    byte[] module = HloEmitter.emit(program, entry).toByteArray();
    var shapes =
        program.func(entry.func()).block().paramTypes().stream().map(RuntimeShapes::of).toList();
    try (var executable = client.compile(module, shapes)) {
      return executable.cost();
    } catch (PjrtException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
    }
  }

  /// Returns the module that the plugin made, without its configuration.
  public static HloModuleProto module(Executable.Optimized optimized)
      throws InvalidProtocolBufferException {
    return optimized.format().startsWith("hlo_with_config")
        ? withConfig(optimized.code())
        : HloModuleProto.parseFrom(optimized.code());
  }

  /// Returns the module in an `HloModuleProtoWithConfig`: its field 1.
  private static HloModuleProto withConfig(byte[] code) throws InvalidProtocolBufferException {
    try {
      var in = com.google.protobuf.CodedInputStream.newInstance(code);
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        if (tag >>> 3 == 1) {
          return HloModuleProto.parseFrom(in.readBytes());
        }
        in.skipField(tag);
      }
      throw new InvalidProtocolBufferException("it holds no module");
    } catch (java.io.IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
  }
}
