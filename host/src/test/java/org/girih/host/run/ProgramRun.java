package org.girih.host.run;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.girih.hlo.emit.HloEmitter;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.Inference;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.Literal;
import org.girih.passes.interpreter.Tensor;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;

/// Runs an entry of a lowered program on a plugin, with arguments in memory.
public final class ProgramRun {
  /// Of functions that call no others, and whose sizes are numbers.
  static final Inference NO_CALLS =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          throw new AssertionError(function.toString());
        }

        @Override
        public void unknown(Condition condition) {
          throw new AssertionError(condition.toString());
        }
      };

  private ProgramRun() {}

  /// Returns the entry's results, in order.
  public static List<Tensor> execute(
      Client client, Program program, Entry entry, List<Literal> arguments) {
    return execute(client, program, entry, arguments, module -> module);
  }

  /// Returns the entry's results, in order, from a module that is rewritten before.
  static List<Tensor> execute(
      Client client,
      Program program,
      Entry entry,
      List<Literal> arguments,
      UnaryOperator<HloModuleProto> rewrite) {
    byte[] module = rewrite.apply(HloEmitter.emit(program, entry)).toByteArray();
    var shapes = arguments.stream().map(a -> RuntimeShapes.of(a.type())).toList();
    var buffers = new ArrayList<Buffer>();
    try (var arena = Arena.ofConfined();
        var executable = client.compile(module, shapes)) {
      for (Literal argument : arguments) {
        byte[] bytes = new byte[argument.bytes().remaining()];
        argument.bytes().get(bytes);
        MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
        buffers.add(client.bufferFromHost(data, RuntimeShapes.of(argument.type())));
      }
      List<Tensor> results = new ArrayList<>();
      List<ArrayType> types = program.func(entry.func()).signature().results();
      Buffer[] out = executable.execute(buffers.toArray(Buffer[]::new));
      for (int i = 0; i < out.length; i++) {
        byte[] bytes = out[i].toHost(arena).toArray(ValueLayout.JAVA_BYTE);
        results.add(Tensor.of(Literal.dense(types.get(i), bytes)));
        out[i].close();
      }
      return results;
    } finally {
      buffers.forEach(Buffer::close);
    }
  }
}
