package org.girih.cli.run;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.source.Source;
import org.girih.ir.source.Span;

/// Writes diagnostics as JSON, for editors and other programs. Lines and columns count from 1, a
/// column is a character; offsets count UTF-16 units from 0. Ends are exclusive.
public final class DiagnosticsJson {
  private DiagnosticsJson() {}

  /// Returns the text, an object over several lines, without a line break at its end.
  public static String of(List<Diagnostic> diagnostics) {
    return Json.text(
        out -> {
          out.writeStartObject();
          out.writeArrayFieldStart("diagnostics");
          for (Diagnostic diagnostic : diagnostics) {
            diagnostic(out, diagnostic);
          }
          out.writeEndArray();
          out.writeEndObject();
        },
        true);
  }

  private static void diagnostic(JsonGenerator out, Diagnostic diagnostic) throws IOException {
    out.writeStartObject();
    out.writeStringField("code", diagnostic.code().text());
    out.writeStringField("severity", diagnostic.severity().text());
    out.writeStringField("message", diagnostic.message());
    span(out, "span", diagnostic.span());
    out.writeArrayFieldStart("labels");
    for (Diagnostic.Label label : diagnostic.labels()) {
      out.writeStartObject();
      span(out, "span", Optional.of(label.span()));
      out.writeStringField("text", label.text());
      out.writeBooleanField("primary", label.primary());
      out.writeEndObject();
    }
    out.writeEndArray();
    text(out, "help", diagnostic.help());
    out.writeArrayFieldStart("trace");
    for (Diagnostic.Frame frame : diagnostic.trace()) {
      out.writeStartObject();
      out.writeStringField("signature", frame.signature());
      text(out, "caller", frame.caller());
      span(out, "called_at", frame.calledAt());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("fixes");
    for (Diagnostic.Fix fix : diagnostic.fixes()) {
      out.writeStartObject();
      span(out, "span", Optional.of(fix.span()));
      out.writeStringField("replacement", fix.replacement());
      out.writeBooleanField("certain", fix.certain());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void text(JsonGenerator out, String name, Optional<String> text)
      throws IOException {
    out.writeFieldName(name);
    if (text.isPresent()) {
      out.writeString(text.get());
    } else {
      out.writeNull();
    }
  }

  private static void span(JsonGenerator out, String name, Optional<Span> span) throws IOException {
    if (span.isEmpty()) {
      out.writeNullField(name);
      return;
    }
    Source source = span.get().source();
    int start = span.get().start();
    int end = span.get().end();
    out.writeObjectFieldStart(name);
    out.writeStringField("file", source.name());
    out.writeNumberField("line", source.line(start));
    out.writeNumberField("column", source.column(start));
    out.writeNumberField("end_line", source.line(end));
    out.writeNumberField("end_column", source.column(end));
    out.writeNumberField("offset", start);
    out.writeNumberField("end_offset", end);
    out.writeEndObject();
  }
}
