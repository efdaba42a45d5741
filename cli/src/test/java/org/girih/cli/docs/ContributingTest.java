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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.girih.cli.Session;
import org.junit.jupiter.api.Test;

/// The pages for contributors name files, tests and packages that there are, and their diffs add
/// lines that are in these files.
class ContributingTest {
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.-]+)+/?");

  @Test
  void pathsAreThere() throws IOException {
    Set<String> roots = roots();
    var missing = new ArrayList<String>();
    int found = 0;
    for (Page page : Page.all()) {
      for (String code : codes(page)) {
        if (PATH.matcher(code).matches() && roots.contains(code.split("/")[0])) {
          found++;
          if (!Files.exists(Session.ROOT.resolve(code)) && !code.contains("/target/")) {
            missing.add(page.path() + ": " + code);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(found > 40, found + " paths");
  }

  private static Set<String> roots() throws IOException {
    try (Stream<Path> all = Files.list(Session.ROOT)) {
      return all.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /// Returns what a page has between backticks outside of its blocks.
  private static List<String> codes(Page page) {
    String prose = page.text().replaceAll("(?ms)^```.*?^```$", "");
    return CODE.matcher(prose).results().map(m -> m.group(1)).toList();
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Page page : Page.all()) {
      Path folder = Session.ROOT.resolve(page.path()).getParent();
      for (String link : LINK.matcher(page.text()).results().map(m -> m.group(1)).toList()) {
        boolean elsewhere =
            link.startsWith("https://")
                || link.startsWith("#") && headings(page).contains(link.substring(1));
        if (!elsewhere && !Files.exists(folder.resolve(link))) {
          broken.add(page.path() + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static List<String> headings(Page page) {
    return page.text()
        .lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceAll("^#+ ", "").toLowerCase().replace(' ', '-'))
        .toList();
  }

  @Test
  void testsAndPackagesAreThere() throws IOException {
    var names = new HashSet<String>();
    try (Stream<Path> all = Files.walk(Session.ROOT, 20)) {
      for (Path file : all.filter(f -> f.toString().contains("/src/")).toList()) {
        String path = file.toString();
        if (path.endsWith("Test.java")) {
          names.add(file.getFileName().toString().replace(".java", ""));
        } else if (path.contains("/java/org/girih") && Files.isDirectory(file)) {
          names.add(path.substring(path.indexOf("/java/") + 6).replace('/', '.'));
        }
      }
    }
    var missing = new ArrayList<String>();
    for (Page page : Page.all()) {
      for (String code : codes(page)) {
        if (code.matches("\\w+Test|org\\.girih[.a-z]*") && !names.contains(code)) {
          missing.add(page.path() + ": " + code);
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void diffsAddWhatIsThere() throws IOException {
    var missing = new ArrayList<String>();
    int diffs = 0;
    for (Page page : Page.all()) {
      for (Page.Block block : page.blocks()) {
        if (block.language().equals("diff")) {
          diffs++;
          missing.addAll(missing(block.text()));
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(diffs >= 6, diffs + " diffs");
  }

  /// Returns the added lines that their file does not have, in the order of the diff.
  private static List<String> missing(String diff) throws IOException {
    var out = new ArrayList<String>();
    String path = "";
    List<String> lines = List.of();
    for (String line : diff.lines().toList()) {
      if (line.startsWith("+++ ")) {
        path = line.substring(4);
        lines = Files.readAllLines(Session.ROOT.resolve(path));
      } else if (!lines.contains(line.substring(1))) {
        out.add(path + ": " + line);
      }
    }
    return out;
  }
}
