package org.girih.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.girih.cli.Session;
import org.girih.grammar.parse.GirihLexer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages show what their commands print. A block of `girih` is a file, whose name is its first
/// comment; one of `sh` is a command, and the block without a language behind it is what the
/// command prints, standard error first; one of `tokens` has the tokens of the last file.
class CommandPagesTest {
  @TempDir private Path folder;

  @Test
  void theRoadOfAProgram() throws IOException {
    new Commands().check(Page.read("docs/contributing/walk.md"));
  }

  @Test
  void howAPassIsDebugged() throws IOException {
    new Commands().check(Page.read("docs/contributing/debugging.md"));
  }

  /// Does the commands of one page.
  private final class Commands {
    private String source = "";
    private String printed = "";

    void check(Page page) throws IOException {
      page.check(this::fill);
      assertEquals("", printed, "a block shows what the last command prints");
    }

    private String fill(Page.Block block) throws IOException {
      return switch (block.language()) {
        case "girih" -> {
          source = block.text();
          String name = source.lines().findFirst().orElseThrow().substring(2);
          Files.writeString(folder.resolve(name), source);
          yield source;
        }
        case "sh" -> {
          assertEquals("", printed, "before " + block.text());
          for (String line : block.text().lines().toList()) {
            printed += run(line);
          }
          yield block.text();
        }
        case "tokens" -> tokens(source);
        case "" -> {
          String last = printed;
          printed = "";
          yield last;
        }
        default -> block.text();
      };
    }

    private String run(String command) throws IOException {
      String[] halves = command.split(" > ");
      var words = new ArrayList<String>(List.of(halves[0].split(" ")));
      assertEquals("girih", words.removeFirst());
      words.replaceAll(w -> w.matches(".*\\.(girih|tir)") ? folder.resolve(w).toString() : w);
      Session session = Session.run(words.toArray(String[]::new));
      assertEquals(0, session.code(), session.err());
      String err = session.err().replace(folder + "/", "");
      String out = session.out().replace(folder + "/", "");
      if (halves.length == 1) {
        return err + out;
      }
      assertTrue(!out.isEmpty(), command);
      Files.writeString(folder.resolve(halves[1]), out);
      return err;
    }
  }

  /// A line for each line of the source: `KIND text` of those that a name or a number is, the text
  /// of the others.
  private static String tokens(String text) {
    var lexer = new GirihLexer(CharStreams.fromString(text));
    var out = new StringBuilder();
    int line = 0;
    for (Token token : lexer.getAllTokens()) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL || token.getText().isBlank()) {
        continue;
      }
      out.append(token.getLine() == line ? " " : out.isEmpty() ? "" : "\n");
      line = token.getLine();
      String kind = lexer.getVocabulary().getSymbolicName(token.getType());
      boolean varies = lexer.getVocabulary().getLiteralName(token.getType()) == null;
      out.append(varies ? kind + ":" + token.getText() : token.getText());
    }
    return out + "\n";
  }
}
