package org.girih.cli.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.girih.cli.run.Json;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;

/// The measurements that `--save` writes and `--compare` reads:
///
/// ```
/// {"format": "girih bench", "version": 1, "girih": "…", "machine": "…", "plugin": "…",
///  "benches": [{"name": "…", "runs_ns": [1200, 1190, …], "flops": 65536, "bytes": 14336}]}
/// ```
///
/// Each run is kept, so that whoever reads it may ask another question. `flops` and `bytes` may be
/// missing; fields of other names are passed over.
public record SavedRun(Setting setting, List<Measurement> benches) {
  private static final String FORMAT = "girih bench";
  private static final int VERSION = 1;

  /// Ten thousand benches of a hundred runs; what is longer was not saved by us.
  private static final long MOST_BYTES = 64L << 20;

  public SavedRun {
    benches = List.copyOf(benches);
  }

  public Optional<Measurement> find(String name) {
    return benches.stream().filter(b -> b.name().equals(name)).findFirst();
  }

  public String json() {
    return Json.text(this::write, true) + "\n";
  }

  private void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    out.writeStringField("format", FORMAT);
    out.writeNumberField("version", VERSION);
    out.writeStringField("girih", setting.girih());
    out.writeStringField("machine", setting.machine());
    out.writeStringField("plugin", setting.plugin());
    out.writeArrayFieldStart("benches");
    for (Measurement each : benches) {
      out.writeStartObject();
      out.writeStringField("name", each.name());
      out.writeFieldName("runs_ns");
      long[] runs = each.runs();
      out.writeArray(runs, 0, runs.length);
      if (each.flops().isPresent()) {
        out.writeNumberField("flops", each.flops().getAsDouble());
      }
      if (each.bytes().isPresent()) {
        out.writeNumberField("bytes", each.bytes().getAsDouble());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  /// @throws RunProblem with [Code#CANNOT_WRITE]; the file is then as it was
  public void save(Path file) throws RunProblem {
    try {
      AtomicFile.write(file, out -> out.write(json().getBytes(StandardCharsets.UTF_8)));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()));
    }
  }

  /// @throws RunProblem with [Code#CANNOT_READ] if there is no such file, with
  ///     [Code#BAD_BENCH_FILE] if it is another one
  public static SavedRun read(Path file) throws RunProblem {
    byte[] bytes;
    try {
      if (!Files.isRegularFile(file)) {
        throw new RunProblem(
            Diagnostic.error(
                Code.CANNOT_READ,
                "cannot read `"
                    + file
                    + "`: "
                    + (Files.exists(file) ? "it is not a file" : "no such file")));
      }
      if (Files.size(file) > MOST_BYTES) {
        throw bad(file, "it has more than 64 MiB");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new RunProblem(
          Diagnostic.error(Code.CANNOT_READ, "cannot read `" + file + "`: " + e.getMessage()));
    }
    try (JsonParser in = new JsonFactory().createParser(bytes)) {
      return new Reader(in).run();
    } catch (JsonEOFException _) {
      throw bad(file, "it ends too soon");
    } catch (StreamReadException e) {
      throw bad(file, "line " + e.getLocation().getLineNr() + ": no JSON of this kind");
    } catch (IOException e) {
      throw bad(file, e.getMessage());
    }
  }

  private static RunProblem bad(Path file, String why) {
    return new RunProblem(
        Diagnostic.error(
                Code.BAD_BENCH_FILE, "`" + file + "` holds no benchmarks that were saved: " + why)
            .help("`girih bench FILE --save before.json` writes one"));
  }

  /// Reads a run, and refuses what is not one.
  private static final class Reader {
    private final JsonParser in;
    private String format = "";
    private long version = -1;
    private String girih;
    private String machine;
    private String plugin;
    private List<Measurement> benches;

    Reader(JsonParser in) {
      this.in = in;
    }

    SavedRun run() throws IOException {
      is(in.nextToken() == JsonToken.START_OBJECT, "no object");
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        in.nextToken();
        switch (field) {
          case "format" -> format = string(field);
          case "version" ->
              version = in.currentToken() == JsonToken.VALUE_NUMBER_INT ? in.getLongValue() : -1;
          case "girih" -> girih = string(field);
          case "machine" -> machine = string(field);
          case "plugin" -> plugin = string(field);
          case "benches" -> benches = benches();
          default -> in.skipChildren();
        }
      }
      is(in.currentToken() == JsonToken.END_OBJECT, "it ends too soon");
      is(in.nextToken() == null, "something follows its end");
      is(format.equals(FORMAT), "its `format` is not \"" + FORMAT + "\"");
      is(version == VERSION, "its `version` is not " + VERSION);
      is(
          girih != null && machine != null && plugin != null,
          "it does not say where it was measured");
      is(benches != null, "it has no `benches`");
      return new SavedRun(new Setting(girih, machine, plugin), benches);
    }

    private List<Measurement> benches() throws IOException {
      is(in.currentToken() == JsonToken.START_ARRAY, "`benches` is not an array");
      var out = new ArrayList<Measurement>();
      var names = new HashSet<String>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        Measurement each = bench();
        is(names.add(each.name()), "two benches `" + each.name() + "`");
        out.add(each);
      }
      return out;
    }

    private Measurement bench() throws IOException {
      is(in.currentToken() == JsonToken.START_OBJECT, "a bench is not an object");
      String name = null;
      long[] runs = null;
      var flops = OptionalDouble.empty();
      var bytes = OptionalDouble.empty();
      for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
        in.nextToken();
        switch (field) {
          case "name" -> name = string(field);
          case "runs_ns" -> runs = runs();
          case "flops" -> flops = OptionalDouble.of(count(field));
          case "bytes" -> bytes = OptionalDouble.of(count(field));
          default -> in.skipChildren();
        }
      }
      is(in.currentToken() == JsonToken.END_OBJECT, "it ends too soon");
      is(name != null, "a bench without a name");
      is(runs != null && runs.length > 0, "`" + name + "` has no `runs_ns`");
      return new Measurement(name, runs, flops, bytes);
    }

    private long[] runs() throws IOException {
      is(in.currentToken() == JsonToken.START_ARRAY, "`runs_ns` is not an array");
      long[] out = new long[16];
      int count = 0;
      while (in.nextToken() != JsonToken.END_ARRAY) {
        is(in.currentToken() == JsonToken.VALUE_NUMBER_INT, "a time is not a whole number");
        if (count == out.length) {
          out = Arrays.copyOf(out, 2 * count);
        }
        out[count] = in.getLongValue();
        is(out[count] > 0, "a time is not above 0");
        count++;
      }
      return Arrays.copyOf(out, count);
    }

    private String string(String field) throws IOException {
      is(in.currentToken() == JsonToken.VALUE_STRING, "`" + field + "` is not text");
      return in.getText();
    }

    private double count(String field) throws IOException {
      is(in.currentToken().isNumeric(), "`" + field + "` is not a number");
      double value = in.getDoubleValue();
      is(value >= 0 && Double.isFinite(value), "`" + field + "` is not a finite number from 0 on");
      return value;
    }

    private void is(boolean due, String why) throws IOException {
      if (!due) {
        throw new IOException("line " + in.currentLocation().getLineNr() + ": " + why);
      }
    }
  }
}
