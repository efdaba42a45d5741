package org.girih.cli.run;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.girih.cli.array.HostArray;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.PjrtException;
import org.girih.runtime.pjrt.Shape;

/// Runs a verified HLO module on arrays.
public final class ModuleRun {
  private ModuleRun() {}

  /// The results, in order.
  ///
  /// @param module as [org.girih.hlo.verify.HloReader] gave it
  /// @param arguments by a parameter's number or name; a single array has the empty name
  public static List<HostArray> run(
      HloModuleProto module, Client client, Map<String, SortedMap<String, HostArray>> arguments)
      throws RunProblem {
    var shapes = new ArrayList<Shape>();
    var arrays = new ArrayList<HostArray>();
    var signature = module.getHostProgramShape();
    for (int i = 0; i < signature.getParametersCount(); i++) {
      ArrayType type = type(signature.getParameters(i));
      String name = i < signature.getParameterNamesCount() ? signature.getParameterNames(i) : "";
      shapes.add(Shapes.of(type));
      arrays.add(argument(arguments, i, name, type));
    }
    var results = new ArrayList<HostArray>();
    var buffers = new ArrayList<Buffer>();
    try (var executable = client.compile(module.toByteArray(), shapes)) {
      for (int i = 0; i < arrays.size(); i++) {
        buffers.add(client.bufferFromHost(arrays.get(i).data(), shapes.get(i)));
      }
      Buffer[] out = executable.execute(buffers.toArray(Buffer[]::new));
      buffers.addAll(List.of(out));
      for (Buffer each : out) {
        Shape shape = each.shape();
        results.add(
            new HostArray(
                Shapes.dtype(shape.elementType()), shape.dims(), each.toHost(Arena.ofAuto())));
      }
      return results;
    } catch (PjrtException e) {
      throw new RunProblem(
          Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
    } finally {
      buffers.forEach(Buffer::close);
    }
  }

  private static ArrayType type(ShapeProto shape) throws RunProblem {
    for (DType dtype : DType.values()) {
      if (Shapes.element(dtype).name().equals(shape.getElementType().name())) {
        return ArrayType.of(
            dtype, shape.getDimensionsList().stream().mapToLong(Long::longValue).toArray());
      }
    }
    throw new RunProblem(
        Diagnostic.error(
            Code.BAD_HLO, "a parameter of type " + shape.getElementType() + " cannot be given"));
  }

  private static HostArray argument(
      Map<String, SortedMap<String, HostArray>> arguments, int number, String name, ArrayType type)
      throws RunProblem {
    var given = arguments.getOrDefault(Integer.toString(number), arguments.get(name));
    HostArray array = given == null ? null : given.get("");
    boolean fits = array != null && ArrayType.of(array.dtype(), array.dims()).equals(type);
    if (!fits) {
      String got = array == null ? "nothing" : array.typeText();
      throw new RunProblem(
          Diagnostic.error(
                  Code.BAD_ARGUMENT_VALUE,
                  "parameter "
                      + number
                      + (name.isEmpty() ? "" : " (`" + name + "`)")
                      + " is "
                      + type
                      + ", and `--arg` gives "
                      + got)
              .help("`--arg " + number + "=@file.npy`"));
    }
    return array;
  }
}
