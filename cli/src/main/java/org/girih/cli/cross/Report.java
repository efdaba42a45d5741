package org.girih.cli.cross;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.girih.cli.run.Json;
import org.girih.host.figures.ModuleFigures;
import org.girih.runtime.cross.CrossResult;
import org.girih.runtime.pjrt.Executable;

/// `report.json`: what a program is on its target. All counts of devices and bytes are read back
/// from the executable.
///
/// @param entry the def
/// @param emit seconds from the source to the module
/// @param flops of the whole program, as Girih counts them
/// @param optimized figures of the module of each device
public record Report(
    String entry,
    Target target,
    CrossResult result,
    double emit,
    double flops,
    ModuleFigures optimized) {

  /// Returns the bytes of a device that the program takes: at the plugin's peak where it reports
  /// one, and at least arguments, results and temporaries; and its code.
  long memory() {
    Executable.Memory m = result.compiled().memory();
    return m.total() + m.code();
  }

  /// Returns one line for a person.
  public String summary() {
    return String.format(
        Locale.ROOT,
        "%s: %d × %d of %d devices, %s a device%s",
        target.text(),
        result.compiled().replicas(),
        result.compiled().partitions(),
        result.devices(),
        mebibytes(memory()),
        target.chip().map(c -> " of " + mebibytes(c.memory())).orElse(""));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  /// Returns the text of the file: `{"programs": […]}`.
  ///
  /// @param before the file as it was, or any text: what it holds of other programs and other
  ///     targets is kept
  public static String json(String before, List<Report> reports) {
    var written = reports.stream().map(r -> List.of(r.entry, r.target.text())).toList();
    List<String> kept =
        EarlierReport.programs(before).stream()
            .filter(p -> !written.contains(List.of(p.entry(), p.target())))
            .map(EarlierReport.Program::json)
            .toList();
    return Json.text(
            out -> {
              out.writeStartObject();
              out.writeArrayFieldStart("programs");
              for (String each : kept) {
                out.writeRawValue(each);
              }
              for (Report each : reports) {
                each.write(out);
              }
              out.writeEndArray();
              out.writeEndObject();
            },
            true)
        + "\n";
  }

  private void write(JsonGenerator out) throws IOException {
    Executable.Memory memory = result.compiled().memory();
    Optional<Estimate> estimate =
        target
            .chip()
            .map(
                c ->
                    Estimate.of(
                        c,
                        result.compiled().cost(),
                        flops,
                        optimized,
                        result.compiled().partitions()));
    out.writeStartObject();
    out.writeStringField("entry", entry);
    out.writeStringField("target", target.text());
    out.writeStringField("device_kind", result.deviceKind());
    out.writeNumberField("devices", result.devices());
    out.writeNumberField("hosts", result.processes());
    out.writeNumberField("replicas", result.compiled().replicas());
    out.writeNumberField("partitions", result.compiled().partitions());
    out.writeNumberField("executable_bytes", result.compiled().serialized().length);
    out.writeObjectFieldStart("memory_per_device");
    out.writeNumberField("total", memory());
    out.writeNumberField("arguments", memory.arguments());
    out.writeNumberField("results", memory.results());
    out.writeNumberField("aliased", memory.aliased());
    out.writeNumberField("temporaries", memory.temporaries());
    out.writeNumberField("code", memory.code());
    if (target.chip().isPresent()) {
      out.writeNumberField("of", target.chip().get().memory());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("largest_buffers");
    for (ModuleFigures.Buffer buffer : optimized.buffers()) {
      out.writeStartObject();
      out.writeStringField("what", buffer.what());
      out.writeStringField("type", buffer.type());
      out.writeNumberField("bytes", buffer.size());
      out.writeStringField("at", buffer.place());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeObjectFieldStart("collectives_per_device");
    out.writeNumberField("bytes", optimized.collectiveBytes());
    out.writeNumberField("wire_bytes", optimized.wire());
    out.writeObjectFieldStart("kinds");
    for (var kind : optimized.collectives().entrySet()) {
      out.writeNumberField(kind.getKey(), kind.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
    out.writeNumberField("loops_counted_once", optimized.openLoops());
    if (estimate.isPresent()) {
      estimate(out, estimate.get());
    }
    out.writeObjectFieldStart("compile_seconds");
    out.writeNumberField("source_to_hlo", emit);
    out.writeNumberField("plugin", result.seconds().plugin());
    out.writeNumberField("topology", result.seconds().topology());
    out.writeNumberField("compile", result.seconds().compile());
    out.writeNumberField("process", result.seconds().process());
    out.writeEndObject();
    out.writeStringField("plugin", result.platformVersion());
    out.writeStringField("pjrt_api", result.apiVersion());
    out.writeEndObject();
  }

  private static void estimate(JsonGenerator out, Estimate e) throws IOException {
    out.writeNumberField("flops_per_device", e.flops());
    out.writeStringField("flops_counted_by", e.flopsFrom());
    out.writeNumberField("bytes_accessed_per_device", e.bytes());
    out.writeObjectFieldStart("step_seconds");
    out.writeNumberField("estimate", e.seconds());
    out.writeNumberField("compute", e.compute());
    out.writeNumberField("memory", e.memory());
    out.writeNumberField("links", e.links());
    out.writeStringField(
        "formula", "max(flops / peak, bytes / bandwidth) + wire_bytes / links, per device");
    out.writeEndObject();
  }
}
