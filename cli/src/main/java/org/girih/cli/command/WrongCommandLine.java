package org.girih.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Reports a command line that is wrong as any other error: what is wrong, what there is, and where
/// the rest is explained, in place of all the options.
final class WrongCommandLine implements CommandLine.IParameterExceptionHandler {
  private static final Pattern REJECTED = Pattern.compile(" but was '(.*)'$", Pattern.DOTALL);

  private final Terminal terminal;

  WrongCommandLine(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int handleParseException(CommandLine.ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    Optional<String> near = Optional.empty();
    String message =
        switch (wrong) {
          case CommandLine.UnmatchedArgumentException unmatched -> {
            String first = unmatched.getUnmatched().getFirst();
            near = Spelling.nearest(first, names(line, first));
            yield unmatched(line, first);
          }
          case CommandLine.MissingParameterException missing when !missing.getMissing().isEmpty() ->
              missing(missing.getMissing().getFirst());
          case CommandLine.ParameterException other -> {
            var rejected = REJECTED.matcher(String.valueOf(other.getMessage()));
            List<String> choices = choices(other.getArgSpec());
            if (choices.isEmpty() || !rejected.find()) {
              yield value(other);
            }
            near = Spelling.nearest(rejected.group(1), choices.stream());
            yield "unknown value `%s` of `%s`; expected %s"
                .formatted(rejected.group(1), name(other.getArgSpec()), listed(choices));
          }
        };
    String help = "run `" + line.getCommandSpec().qualifiedName() + " --help`";
    terminal.fail(
        Diagnostic.error(Code.BAD_COMMAND_LINE, message)
            .help(near.map(n -> "did you mean `" + n + "`? Or " + help).orElse(help)));
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String unmatched(CommandLine line, String first) {
    String command = line.getCommandSpec().qualifiedName();
    if (first.startsWith("-")) {
      return "unknown option `" + first + "` of `" + command + "`";
    }
    return line.getSubcommands().isEmpty()
        ? "`" + command + "` takes no further argument, got `" + first + "`"
        : "unknown command `"
            + first
            + "`; expected "
            + listed(List.copyOf(line.getSubcommands().keySet()));
  }

  private static Stream<String> names(CommandLine line, String first) {
    return first.startsWith("-")
        ? line.getCommandSpec().optionsMap().keySet().stream()
        : line.getSubcommands().keySet().stream();
  }

  private static String missing(ArgSpec spec) {
    return spec.isOption()
        ? "`" + name(spec) + "` needs a value: " + spec.paramLabel()
        : spec.paramLabel() + " is missing";
  }

  /// Says what is wrong with a value, or with several arguments together.
  private static String value(CommandLine.ParameterException wrong) {
    boolean converted = wrong.getCause() instanceof CommandLine.TypeConversionException;
    return converted && wrong.getArgSpec() != null
        ? "wrong value of `" + name(wrong.getArgSpec()) + "`: " + wrong.getCause().getMessage()
        : wrong.getMessage();
  }

  /// Returns the values of an argument that takes one of several.
  private static List<String> choices(ArgSpec spec) {
    if (spec == null || !spec.type().isEnum() || spec.completionCandidates() == null) {
      return List.of();
    }
    return StreamSupport.stream(spec.completionCandidates().spliterator(), false)
        .map(choice -> choice.toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String name(ArgSpec spec) {
    return spec instanceof OptionSpec option ? option.longestName() : spec.paramLabel();
  }

  /// Returns `a, b or c`.
  static String listed(List<String> words) {
    var all = new ArrayList<>(words);
    String last = all.removeLast();
    return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
  }
}
