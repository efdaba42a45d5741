import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.elaborate.Elaborator;
import org.girih.grammar.parse.SourceParser;
import org.girih.grammar.plan.EntryCall;
import org.girih.grammar.plan.Loader;
import org.girih.hlo.emit.HloEmitter;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;
import org.girih.ir.type.ArrayType;
import org.girih.passes.Pipelines;

/// A file that imports and loads nothing.
static final Loader ALONE =
    new Loader() {
      @Override
      public Optional<SourceFile> source(Source from, String path, Span at, Diagnostics d) {
        return Optional.empty();
      }

      @Override
      public Optional<SortedMap<String, ArrayType>> header(
          Source from, String path, Span at, Diagnostics d) {
        return Optional.empty();
      }
    };

/// Takes a def from its source to its HLO proto again and again, and prints the seconds of each
/// time.
///
/// Arguments: file, def, times.
void main(String[] args) throws Exception {
  String text = Files.readString(Path.of(args[0]));
  for (int i = 0; i < Integer.parseInt(args[2]); i++) {
    long before = System.nanoTime();
    var diagnostics = new Diagnostics();
    var file = SourceParser.parse(new Source(args[0], text), diagnostics).orElseThrow();
    var call = Optional.of(new EntryCall(args[1], Map.of()));
    var plan = Elaborator.elaborate(file, call, ALONE, diagnostics).orElseThrow();
    var program = Pipelines.standard().run(plan.program(), diagnostics);
    byte[] module = HloEmitter.emit(program, program.entries().getFirst()).toByteArray();
    IO.println(String.format(Locale.ROOT, "%.6f", (System.nanoTime() - before) / 1e9));
  }
}
