package org.girih.cli.pages;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual page of a command, in the `man` macros of roff (man-pages(7)).
final class ManPage {
  private final CommandLine line;
  private final CommandSpec spec;
  private final String version;
  private final StringBuilder out = new StringBuilder();

  private ManPage(CommandLine line, String version) {
    this.line = line;
    this.spec = line.getCommandSpec();
    this.version = version;
  }

  /// Returns `girih-plugin-install`: the name of the page, without its section.
  static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName("-");
  }

  /// Returns the text of the page.
  static String of(CommandLine line, String version) {
    return new ManPage(line, version).page();
  }

  private String page() {
    String title = name(line).toUpperCase(Locale.ROOT);
    macro("TH", quoted(title), "1", quoted(""), quoted("Girih " + version), quoted("Girih"));
    section("NAME");
    String about = String.join(" ", spec.usageMessage().description());
    text(name(line) + " \\- " + escaped(about.replaceFirst("\\.$", "")));
    section("SYNOPSIS");
    text("\\fB" + escaped(spec.qualifiedName(" ")) + "\\fR " + escaped(synopsis()));
    section("DESCRIPTION");
    text(escaped(about));
    parameters();
    subcommands();
    exitStatus();
    example();
    seeAlso();
    return out.toString();
  }

  private String synopsis() {
    String whole = line.getHelp().synopsis(0).strip();
    return whole.substring(Math.min(whole.length(), spec.qualifiedName(" ").length())).strip();
  }

  private void parameters() {
    List<PositionalParamSpec> positional =
        spec.positionalParameters().stream().filter(p -> !p.hidden()).toList();
    List<OptionSpec> options = spec.options().stream().filter(o -> !o.hidden()).toList();
    if (positional.isEmpty() && options.isEmpty()) {
      return;
    }
    section("OPTIONS");
    for (PositionalParamSpec each : positional) {
      item("\\fI" + escaped(each.paramLabel()) + "\\fR", each.description());
    }
    for (OptionSpec each : options) {
      String label = each.arity().max() > 0 ? " \\fI" + escaped(each.paramLabel()) + "\\fR" : "";
      var names = Arrays.stream(each.names()).map(n -> "\\fB" + escaped(n) + "\\fR").toList();
      item(String.join(", ", names) + label, each.description());
    }
  }

  private void subcommands() {
    if (line.getSubcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
      item(
          "\\fB" + escaped(each.getKey()) + "\\fR",
          each.getValue().getCommandSpec().usageMessage().description());
    }
  }

  private void exitStatus() {
    section("EXIT STATUS");
    item("0", "Done.");
    item("1", "The program is wrong, or failed; the first line of standard error says why.");
    item("2", "The command line is wrong.");
    item("70", "A bug of Girih.");
  }

  private void example() {
    String[] footer = spec.usageMessage().footer();
    if (footer.length == 0) {
      return;
    }
    section("EXAMPLES");
    macro("nf");
    for (String each : footer) {
      if (!each.isBlank() && !each.startsWith("Example")) {
        text(escaped(plain(each).strip()));
      }
    }
    macro("fi");
  }

  private void seeAlso() {
    var pages = new ArrayList<String>();
    if (spec.parent() != null) {
      pages.add(name(spec.parent().commandLine()));
    }
    line.getSubcommands().values().forEach(sub -> pages.add(name(sub)));
    if (!pages.isEmpty()) {
      section("SEE ALSO");
      text(String.join(", ", pages.stream().map(p -> "\\fB" + escaped(p) + "\\fR(1)").toList()));
    }
  }

  private void section(String title) {
    macro("SH", title);
  }

  private void item(String tag, String... description) {
    macro("TP");
    text(tag);
    text(escaped(plain(String.join(" ", description))));
  }

  private void macro(String name, String... arguments) {
    out.append('.').append(name);
    for (String each : arguments) {
      out.append(' ').append(each);
    }
    out.append('\n');
  }

  private void text(String line) {
    // A line that begins with a point or an apostrophe would be a macro.
    out.append(line.startsWith(".") || line.startsWith("'") ? "\\&" : "").append(line).append('\n');
  }

  private static String plain(String markup) {
    return Ansi.OFF.string(markup);
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
