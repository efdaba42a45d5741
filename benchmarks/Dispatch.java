import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.ElementType;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.pjrt.Shape;

/// Calls a compiled module again and again, and prints the nanoseconds a call of each round; each
/// call makes a result, waits for it and closes it.
///
/// Arguments: plugin, module, rounds, calls.
void main(String[] args) throws Exception {
  int rounds = Integer.parseInt(args[2]);
  int calls = Integer.parseInt(args[3]);
  var shape = new Shape(ElementType.F32, 8);
  try (var arena = Arena.ofConfined();
      var client = Client.create(Plugin.load(Path.of(args[0])));
      var executable = client.compile(Files.readAllBytes(Path.of(args[1])), List.of(shape));
      var x =
          client.bufferFromHost(
              arena.allocateFrom(ValueLayout.JAVA_FLOAT, 0, 1, 2, 3, 4, 5, 6, 7), shape)) {
    for (int round = 0; round < rounds; round++) {
      long before = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        try (Buffer y = executable.execute(x)[0]) {
          y.await();
        }
      }
      double took = System.nanoTime() - before;
      IO.println(String.format(Locale.ROOT, "%.1f", took / calls));
    }
    try (Buffer y = executable.execute(x)[0]) {
      var out = y.toHost(arena);
      for (int i = 0; i < 8; i++) {
        IO.println("= " + (int) out.getAtIndex(ValueLayout.JAVA_FLOAT, i));
      }
    }
  }
}
