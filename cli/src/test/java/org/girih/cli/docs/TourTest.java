package org.girih.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.cli.Session;
import org.junit.jupiter.api.Test;

/// The tours, `package-info.java`, tell the truth: what they name is there, and what a package
/// shows to others is named. Of ops the folder itself is the list.
class TourTest {
  private static final Pattern LINK =
      Pattern.compile("\\[(org\\.girih[\\w.]*|[A-Z]\\w*(?:\\.\\w+)*)(?:#\\w+)?](?!\\()");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern TYPE =
      Pattern.compile("\\b(?:class|record|interface|enum|message)\\s+([A-Z]\\w*)");

  /// Generated from `Girih.g4`.
  private static final Pattern GRAMMAR = Pattern.compile("(?m)^(?:lexer |parser )?grammar (\\w+);");

  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^(?:option java_)?package[ =]+\"?(org\\.girih[\\w.]*)\"?;");

  private final List<Path> sources = files();
  private final Set<String> types = new HashSet<>();
  private final Set<String> packages = new HashSet<>();

  TourTest() throws IOException {
    for (Path file : sources) {
      String text = Files.readString(file);
      names(TYPE, text).forEach(types::add);
      names(PACKAGE, text).forEach(packages::add);
      for (String grammar : names(GRAMMAR, text).toList()) {
        types.addAll(List.of(grammar + "Lexer", grammar + "Parser"));
      }
    }
    assertTrue(types.size() > 500 && packages.size() > 40, types.size() + " " + packages);
  }

  private static Stream<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(1));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(Session.ROOT, 20)) {
      return all.filter(f -> f.toString().contains("/src/") && !f.toString().contains("/target/"))
          .filter(f -> f.toString().matches(".*\\.(java|proto|g4)"))
          .filter(f -> !f.toString().contains("/examples/") && !f.toString().contains("/it/"))
          .sorted()
          .toList();
    }
  }

  private List<Path> tours() {
    return sources.stream().filter(f -> f.endsWith("package-info.java")).toList();
  }

  /// Returns the comment of a tour, without its fenced blocks.
  private static String prose(Path tour) throws IOException {
    String comment =
        Files.readString(tour)
            .lines()
            .filter(line -> line.startsWith("///"))
            .map(line -> line.substring(3).strip())
            .reduce("", (a, b) -> a + "\n" + b);
    return comment.replaceAll("(?ms)^```.*?^```$", "");
  }

  @Test
  void linksLeadToWhatIsThere() throws IOException {
    var wrong = new ArrayList<String>();
    for (Path tour : tours()) {
      String prose = CODE.matcher(prose(tour)).replaceAll("");
      for (String name : LINK.matcher(prose).results().map(m -> m.group(1)).toList()) {
        boolean there =
            name.startsWith("org.girih")
                ? packages.contains(name) || inFullThere(name)
                : Files.exists(tour.resolveSibling(name.split("\\.")[0] + ".java"))
                    && Stream.of(name.split("\\.")).allMatch(types::contains);
        if (!there) {
          wrong.add(Session.ROOT.relativize(tour) + ": [" + name + "]");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  private boolean inFullThere(String name) {
    return sources.stream().anyMatch(f -> f.endsWith(name.replace('.', '/') + ".java"));
  }

  /// What looks like a class or a package of ours between backticks: `GirihLexer`, `core.Trace`.
  @Test
  void codeNamesWhatIsThere() throws IOException {
    var wrong = new ArrayList<String>();
    for (Path tour : tours()) {
      for (MatchResult code : CODE.matcher(prose(tour)).results().toList()) {
        String name = code.group(1);
        boolean there =
            name.startsWith("org.girih")
                ? packages.contains(name) || inFullThere(name)
                : !name.matches("([a-z]+\\.)?[A-Z][a-z]+[A-Z]\\w*|[a-z]+\\.[A-Z]\\w+")
                    || types.contains(name.substring(name.indexOf('.') + 1));
        if (!there) {
          wrong.add(Session.ROOT.relativize(tour) + ": `" + name + "`");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void whatAPackageShowsIsNamed() throws IOException {
    var missing = new TreeSet<String>();
    for (Path tour : tours()) {
      if (!tour.toString().contains("/src/main/")) {
        continue;
      }
      String prose = prose(tour);
      for (Path file : sources) {
        String name = file.getFileName().toString().replace(".java", "");
        boolean shown =
            file.getParent().equals(tour.getParent())
                && Pattern.compile("(?m)^public .*\\b(class|record|interface|enum) " + name + "\\b")
                    .matcher(Files.readString(file))
                    .find();
        if (shown && !isOp(file) && !prose.matches("(?s).*\\b" + name + "\\b.*")) {
          missing.add(Session.ROOT.relativize(file).toString());
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  /// Whether a file is an op: a record or an enum of one of the kinds.
  private static boolean isOp(Path file) throws IOException {
    return file.getParent().endsWith("org/girih/ir/op")
        && Pattern.compile(
                "(?s)\npublic (record|enum) .*?implements"
                    + " (Op|Linear|Smooth|Custom|Discrete|Structured|Control|Transform|Residual|Moves)\\b")
            .matcher(Files.readString(file))
            .find();
  }
}
