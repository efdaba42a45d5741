package org.girih.cli.hlo;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.hlo.rewrite.ForeignModule;
import org.girih.hlo.verify.HloLimits;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.ElementType;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.status.PjrtException;

/// A process of its own for one module: reads it, compiles it, runs it on zeros.
final class ExecChild {
  static final int RAN = 0;
  static final int DIAGNOSTIC = 1;

  private ExecChild() {}

  public static void main(String[] args) throws Exception {
    var read =
        ForeignModule.read(Files.readAllBytes(Path.of(args[1])), HloLimits.ofMemory(1L << 30));
    read.diagnostics().forEach(d -> System.out.println(d.code() + " " + d.message()));
    if (read.module().isEmpty()) {
      System.exit(DIAGNOSTIC);
    }
    HloModuleProto module = read.module().get();
    try (Client client = Client.create(Plugin.load(Path.of(args[0])));
        Arena arena = Arena.ofConfined()) {
      var shapes = new ArrayList<Shape>();
      var buffers = new ArrayList<Buffer>();
      for (ShapeProto parameter : module.getHostProgramShape().getParametersList()) {
        ElementType type = ElementType.valueOf(parameter.getElementType().name());
        long[] dims = parameter.getDimensionsList().stream().mapToLong(d -> d).toArray();
        var shape = new Shape(type, dims);
        shapes.add(shape);
        buffers.add(client.bufferFromHost(arena.allocate(shape.byteSize(), 8), shape));
      }
      try (var executable = client.compile(module.toByteArray(), shapes)) {
        for (Buffer result : executable.execute(buffers.toArray(Buffer[]::new))) {
          System.out.println(result.shape() + " " + result.toHost(arena).byteSize());
        }
      }
    } catch (PjrtException e) {
      System.out.println(e.getMessage());
      System.exit(DIAGNOSTIC);
    }
    System.exit(RAN);
  }
}
