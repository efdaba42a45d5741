package org.girih.cli.command;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.passes.Pass;
import org.girih.passes.Pipelines;
import picocli.CommandLine;

/// The names of passes on the command line, and what shells complete.
final class PassNames implements Iterable<String> {
  /// The word for every pass.
  static final String ALL = "all";

  /// Finds a pass by its name.
  static final class One implements CommandLine.ITypeConverter<Pass> {
    @Override
    public Pass convert(String name) {
      return Pipelines.pass(name).orElseThrow(() -> unknown(name));
    }
  }

  /// Takes the name of a pass, or `all`.
  static final class OneOrAll implements CommandLine.ITypeConverter<String> {
    @Override
    public String convert(String name) {
      if (!name.equals(ALL) && Pipelines.pass(name).isEmpty()) {
        throw unknown(name);
      }
      return name;
    }
  }

  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  private static List<String> names() {
    return Pipelines.all().stream().map(Pass::name).toList();
  }

  private static CommandLine.TypeConversionException unknown(String name) {
    String near =
        Spelling.nearest(name, Stream.concat(names().stream(), Stream.of(ALL)))
            .map(n -> ". Did you mean `" + n + "`?")
            .orElse("; the passes are " + String.join(", ", names()));
    return new CommandLine.TypeConversionException("unknown pass `" + name + "`" + near);
  }
}
