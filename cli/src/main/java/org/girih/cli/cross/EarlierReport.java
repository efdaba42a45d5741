package org.girih.cli.cross;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A `report.json` that was written before: a program built for a second target is added to it.
final class EarlierReport {
  private EarlierReport() {}

  /// The part of the file about a program.
  ///
  /// @param json its object, as it is in the file
  record Program(String entry, String target, String json) {}

  /// Returns the programs of a report; none if the text is not a report.
  static List<Program> programs(String text) {
    var programs = new ArrayList<Program>();
    try (JsonParser in = new JsonFactory().createParser(text)) {
      boolean report =
          in.nextToken() == JsonToken.START_OBJECT
              && "programs".equals(in.nextFieldName())
              && in.nextToken() == JsonToken.START_ARRAY;
      while (report && in.nextToken() == JsonToken.START_OBJECT) {
        programs.add(program(in, text));
      }
    } catch (IOException _) {
      return List.of(); // another program's file of that name, or half a file
    }
    return programs;
  }

  private static Program program(JsonParser in, String text) throws IOException {
    int start = (int) in.currentTokenLocation().getCharOffset();
    String entry = "";
    String target = "";
    for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
      in.nextToken();
      switch (field) {
        case "entry" -> entry = in.getText();
        case "target" -> target = in.getText();
        default -> in.skipChildren();
      }
    }
    int end = (int) in.currentTokenLocation().getCharOffset() + 1;
    return new Program(entry, target, text.substring(start, end));
  }
}
