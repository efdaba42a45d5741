package org.girih.cli.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.girih.host.file.AtomicFile;
import org.girih.host.file.FileProblem;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Renderer;

/// The tests of a file as JUnit's XML: `TEST-model.xml` for `model.girih`.
final class JUnitReport {
  private static final int WIDTH = 100;

  private JUnitReport() {}

  /// A test.
  ///
  /// @param problems what went wrong; empty if nothing did
  record Case(String name, double seconds, List<Diagnostic> problems) {}

  static void write(Path folder, Path file, List<Case> cases) throws RunProblem {
    String shown = file.getFileName().toString();
    String suite = shown.endsWith(".girih") ? shown.substring(0, shown.length() - 6) : shown;
    try {
      Files.createDirectories(folder);
      AtomicFile.write(folder.resolve("TEST-" + suite + ".xml"), out -> xml(out, suite, cases));
    } catch (FileProblem e) {
      throw new RunProblem(Diagnostic.error(e.code(), e.getMessage()));
    } catch (IOException e) {
      throw new RunProblem(
          Diagnostic.error(
              Code.CANNOT_WRITE, "cannot write to `" + folder + "`: " + e.getMessage()));
    }
  }

  private static void xml(OutputStream out, String suite, List<Case> cases) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuite");
      long failures = cases.stream().filter(c -> !c.problems().isEmpty()).count();
      double seconds = cases.stream().mapToDouble(Case::seconds).sum();
      xml.writeAttribute("name", suite);
      xml.writeAttribute("tests", Integer.toString(cases.size()));
      xml.writeAttribute("failures", Long.toString(failures));
      xml.writeAttribute("errors", "0");
      xml.writeAttribute("skipped", "0");
      xml.writeAttribute("time", time(seconds));
      for (Case each : cases) {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", suite);
        xml.writeAttribute("name", text(each.name()));
        xml.writeAttribute("time", time(each.seconds()));
        if (!each.problems().isEmpty()) {
          failure(xml, each.problems());
        }
        xml.writeEndElement();
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void failure(XMLStreamWriter xml, List<Diagnostic> problems)
      throws XMLStreamException {
    Diagnostic first = problems.getFirst();
    xml.writeStartElement("failure");
    xml.writeAttribute("type", first.code().text());
    xml.writeAttribute("message", text(first.message()));
    var all = new StringBuilder();
    problems.forEach(p -> all.append(new Renderer(false, WIDTH).render(p)));
    xml.writeCharacters(text(all.toString()));
    xml.writeEndElement();
  }

  private static String time(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }

  /// Returns the text without the characters that XML 1.0 has no way to write.
  private static String text(String value) {
    return value
        .codePoints()
        .map(
            c ->
                c == '\t'
                        || c == '\n'
                        || c >= 0x20 && c <= 0xd7ff
                        || c >= 0xe000 && c <= 0xfffd
                        || c >= 0x10000
                    ? c
                    : '?')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
