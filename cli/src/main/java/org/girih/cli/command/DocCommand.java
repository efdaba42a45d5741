package org.girih.cli.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.girih.grammar.reference.Reference;
import org.girih.grammar.reference.ReferenceEntry;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `girih doc`.
@Command(
    name = "doc",
    description = "Say what a function of the library does.",
    footer = {
      "",
      "Examples:",
      "  girih doc nn.Dense",
      "  girih doc stats",
      "  girih doc jnp.einsum"
    })
final class DocCommand implements Callable<Integer> {
  private static final String INDENT = "    ";

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "A function, a library, or a function of JAX; all libraries without it.")
  private Optional<String> name = Optional.empty();

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  DocCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Reference reference = Reference.read();
    if (name.isEmpty()) {
      reference.spaces().forEach((space, about) -> item(space, about));
    } else {
      String asked = name.get();
      List<ReferenceEntry> found = found(reference, asked);
      if (!found.isEmpty()) {
        found.forEach(this::entry);
      } else if (reference.spaces().containsKey(asked)) {
        space(reference, asked);
      } else {
        throw new CommandLine.ParameterException(spec.commandLine(), unknown(reference, asked));
      }
    }
    terminal.out().flush();
    return 0;
  }

  /// Returns the entry of that name; else those of a function of JAX, or those whose last name it
  /// is.
  private static List<ReferenceEntry> found(Reference reference, String asked) {
    Optional<ReferenceEntry> one = reference.find(asked);
    if (one.isPresent()) {
      return List.of(one.get());
    }
    if (reference.spaces().containsKey(asked)) {
      return List.of();
    }
    return asked.contains(".") ? reference.ofJax(asked) : reference.named(asked);
  }

  private static String unknown(Reference reference, String asked) {
    return "unknown function `"
        + asked
        + "`; "
        + reference
            .nearest(asked)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("`girih doc` lists the libraries, `girih doc nn` what one has");
  }

  private void space(Reference reference, String space) {
    paragraph("", reference.spaces().get(space));
    reference.of(space).forEach(e -> item(e.written(), e.summary()));
    reference.spaces().keySet().stream()
        .filter(s -> s.startsWith(space + "."))
        .forEach(s -> item(s, reference.spaces().get(s)));
  }

  private void entry(ReferenceEntry entry) {
    String space = entry.space().equals(Reference.PRELUDE) ? "" : entry.space() + ".";
    paragraph("", space + entry.signature());
    paragraph(INDENT, entry.text().replaceAll("\\s+", " "));
    if (!entry.jax().isEmpty()) {
      paragraph(
          INDENT, "In JAX: " + entry.jax().stream().distinct().collect(Collectors.joining(", ")));
    }
  }

  private void item(String title, String text) {
    terminal.out().println(title);
    paragraph(INDENT, text);
  }

  /// Prints a text in lines as wide as the terminal.
  private void paragraph(String indent, String text) {
    PrintStream out = terminal.out();
    int width = Math.min(terminal.width(), 100);
    var line = new StringBuilder(indent);
    for (String word : text.split(" ")) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > width) {
        out.println(line);
        line = new StringBuilder(indent.isEmpty() ? INDENT : indent);
      } else if (line.length() > indent.length()) {
        line.append(' ');
      }
      line.append(word);
    }
    out.println(line);
  }
}
