import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;

/// Holds the Java files to google-java-format: `java -cp google-java-format.jar .ci/Format.java
/// check|write ROOT`. Files under `target` are left alone. Exit code 1 if `check` finds one.
///
/// The formatter would break a `///` line that is too long into a `//` line; here its last words go
/// to the next line instead.
class Format {
  private static final int WIDTH = 100;

  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    Path root = Path.of(args[1]);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files =
          walk.filter(p -> p.toString().endsWith(".java"))
              .filter(p -> !root.relativize(p).toString().matches("(.*/)?target/.*"))
              .toList();
    }
    var wrong = new ConcurrentSkipListSet<Path>();
    files.parallelStream().filter(f -> differs(f, write)).forEach(wrong::add);
    for (Path file : wrong) {
      System.err.println((write ? "formatted " : "not formatted: ") + root.relativize(file));
    }
    if (!write && !wrong.isEmpty()) {
      System.err.println("run: mvn -N verify -Pformat");
      System.exit(1);
    }
  }

  private static String wrapDocs(String text) {
    var lines = new ArrayList<>(text.lines().toList());
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int start = line.indexOf("/// ");
      int cut = line.lastIndexOf(' ', WIDTH);
      if (line.length() <= WIDTH
          || start < 0
          || !line.substring(0, start).isBlank()
          || cut < start + 4) {
        continue;
      }
      lines.set(i, line.substring(0, cut).stripTrailing());
      String prefix = line.substring(0, start) + "/// ";
      String rest = line.substring(cut + 1);
      String next = i + 1 < lines.size() ? lines.get(i + 1) : "";
      String inner = line.substring(start + 4);
      // What follows `@param name` is indented.
      String indent = inner.startsWith("@") ? "    " : " ".repeat(blanks(inner));
      boolean joins =
          next.startsWith(prefix + indent)
              && blanks(next.substring(prefix.length())) == indent.length()
              && !next.strip().matches("/// *([-*@#|]|```|\\d+\\.).*");
      String before = prefix + indent + rest;
      if (joins) {
        lines.set(i + 1, before + " " + next.substring(prefix.length() + indent.length()));
      } else {
        lines.add(i + 1, before);
      }
    }
    return String.join("\n", lines) + "\n";
  }

  private static int blanks(String text) {
    return text.length() - text.stripLeading().length();
  }

  private static boolean differs(Path file, boolean write) {
    try {
      String text = Files.readString(file);
      String clean = RemoveUnusedImports.removeUnusedImports(wrapDocs(text));
      String ordered = ImportOrderer.reorderImports(clean, JavaFormatterOptions.Style.GOOGLE);
      String formatted = new Formatter().formatSource(ordered);
      if (write && !formatted.equals(text)) {
        Files.writeString(file, formatted);
      }
      return !formatted.equals(text);
    } catch (FormatterException | IOException e) {
      System.err.println(file + ": " + e.getMessage());
      return true;
    }
  }
}
