package org.girih.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.host.array.HostArray;
import org.girih.host.run.RunProblem;
import org.girih.host.run.RuntimeShapes;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.status.PjrtException;

/// Runs a verified HLO module on arrays.
public final class ModuleRun {
  private ModuleRun() {}

  /// Returns the results, in order.
  ///
  /// @param module as [org.girih.hlo.verify.HloReader] returned it
  /// @param arguments by a parameter's number or name; a single array has the empty name
  public static List<HostArray> run(
      HloModuleProto module, Client client, Map<String, SortedMap<String, HostArray>> arguments)
      throws RunProblem {
    List<ArrayType> types = parameters(module);
    List<Shape> shapes = types.stream().map(RuntimeShapes::of).toList();
    var arrays = new ArrayList<HostArray>();
    var signature = module.getHostProgramShape();
    for (int i = 0; i < types.size(); i++) {
      String name = i < signature.getParameterNamesCount() ? signature.getParameterNames(i) : "";
      arrays.add(argument(arguments, i, name, types.get(i)));
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
                RuntimeShapes.dtype(shape.elementType()),
                shape.dims(),
                each.toHost(Arena.ofAuto())));
      }
      return results;
    } catch (PjrtException e) {
      throw failed(e);
    } finally {
      buffers.forEach(Buffer::close);
    }
  }

  /// Returns what a run will cost, as the plugin plans it: JSON with floating-point operations,
  /// transcendentals, bytes accessed, bytes of arguments, results and temporaries, and the number
  /// of instructions of the module as it is passed. Null is what the plugin does not report.
  /// Nothing is run.
  ///
  /// @param module as [org.girih.hlo.verify.HloReader] returned it
  public static String cost(HloModuleProto module, Client client) throws RunProblem {
    List<Shape> shapes = parameters(module).stream().map(RuntimeShapes::of).toList();
    try (var executable = client.compile(module.toByteArray(), shapes)) {
      Executable.Cost cost = executable.cost();
      Executable.Memory memory = executable.memory();
      int instructions =
          module.getComputationsList().stream().mapToInt(c -> c.getInstructionsCount()).sum();
      return Json.text(
          out -> {
            out.writeStartObject();
            count(out, "flops", cost.flops());
            count(out, "transcendentals", cost.transcendentals());
            count(out, "bytes_accessed", cost.bytes());
            out.writeNumberField("argument_bytes", memory.arguments());
            out.writeNumberField("result_bytes", memory.results());
            out.writeNumberField("temporary_bytes", memory.temporaries());
            out.writeNumberField("instructions", instructions);
            out.writeEndObject();
          },
          true);
    } catch (PjrtException e) {
      throw failed(e);
    }
  }

  private static void count(JsonGenerator out, String name, double value) throws IOException {
    out.writeFieldName(name);
    if (Double.isFinite(value)) {
      out.writeNumber((long) value);
    } else {
      out.writeNull();
    }
  }

  private static RunProblem failed(PjrtException e) {
    return new RunProblem(
        Diagnostic.error(Code.PLUGIN_FAILED, "the plugin failed: " + e.getMessage()));
  }

  private static List<ArrayType> parameters(HloModuleProto module) throws RunProblem {
    var types = new ArrayList<ArrayType>();
    for (ShapeProto each : module.getHostProgramShape().getParametersList()) {
      types.add(type(each));
    }
    return types;
  }

  private static ArrayType type(ShapeProto shape) throws RunProblem {
    for (DType dtype : DType.values()) {
      if (RuntimeShapes.element(dtype).name().equals(shape.getElementType().name())) {
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
