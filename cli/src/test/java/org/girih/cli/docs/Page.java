package org.girih.cli.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.girih.cli.Session;

/// A page of `docs/contributing`, and its blocks. `-Dbless` renews what a page shows, never in CI.
///
/// @param path relative to the repository
record Page(String path, String text) {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```([^\\n]*)\\n(.*?)^```$");

  /// One block between fences.
  ///
  /// @param language what follows the first fence
  record Block(String language, String text) {}

  static Page read(String path) throws IOException {
    return new Page(path, Files.readString(Session.ROOT.resolve(path)));
  }

  /// Returns `CONTRIBUTING.md` and the pages that it links to.
  static List<Page> all() throws IOException {
    try (Stream<Path> files = Files.list(Session.ROOT.resolve("docs/contributing"))) {
      var names = files.map(f -> "docs/contributing/" + f.getFileName()).sorted();
      var out = new ArrayList<Page>();
      for (String name : Stream.concat(Stream.of("CONTRIBUTING.md"), names).toList()) {
        out.add(read(name));
      }
      return out;
    }
  }

  List<Block> blocks() {
    return BLOCK.matcher(text).results().map(m -> new Block(m.group(1), m.group(2))).toList();
  }

  /// Compares each block with what a function makes of the page's blocks up to it, in order; with
  /// `-Dbless` writes what it makes.
  void check(Fill fill) throws IOException {
    var out = new StringBuilder();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String made = fill.of(new Block(blocks.group(1), blocks.group(2)));
      blocks.appendReplacement(
          out, Matcher.quoteReplacement("```" + blocks.group(1) + "\n" + made + "```"));
    }
    blocks.appendTail(out);
    if (System.getProperty("bless") != null) {
      assertFalse("true".equals(System.getenv("CI")), "nothing is blessed in CI");
      Files.writeString(Session.ROOT.resolve(path), out);
      return;
    }
    assertEquals(text, out.toString(), path + " differs: look at it, then write it with -Dbless");
  }

  /// Tells what a block has to be.
  @FunctionalInterface
  interface Fill {
    String of(Block block) throws IOException;
  }
}
