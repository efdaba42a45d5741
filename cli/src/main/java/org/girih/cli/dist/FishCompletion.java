package org.girih.cli.dist;

import java.util.Locale;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Completion for fish (fishshell.com, `complete`); picocli knows bash and zsh only.
public final class FishCompletion {
  private final StringBuilder out = new StringBuilder();

  private FishCompletion() {}

  /// Returns the script for a program with its subcommands, two levels deep.
  public static String of(CommandLine program) {
    var script = new FishCompletion();
    String name = program.getCommandName();
    script.out.append("# fish completion for ").append(name).append('\n');
    script.out.append("complete -c ").append(name).append(" -f\n");
    script.options(program.getCommandSpec(), name, "__fish_use_subcommand");
    for (CommandLine sub : program.getSubcommands().values()) {
      script.command(sub.getCommandSpec(), name, "__fish_use_subcommand");
      String inside = "__fish_seen_subcommand_from " + sub.getCommandName();
      script.arguments(sub.getCommandSpec(), name, inside);
      for (CommandLine inner : sub.getSubcommands().values()) {
        script.command(inner.getCommandSpec(), name, inside);
        String deep = inside + "; and __fish_seen_subcommand_from " + inner.getCommandName();
        script.arguments(inner.getCommandSpec(), name, deep);
      }
    }
    return script.out.toString();
  }

  private void command(CommandSpec spec, String program, String when) {
    String about = String.join(" ", spec.usageMessage().description());
    line(program, when, "-a " + quoted(spec.name()) + " -d " + quoted(about));
  }

  private void arguments(CommandSpec spec, String program, String when) {
    options(spec, program, when);
    for (var positional : spec.positionalParameters()) {
      String values = values(positional);
      if (!values.isEmpty()) {
        line(program, when, "-a " + quoted(values));
      } else if (positional.typeInfo().getType() == java.nio.file.Path.class
          || positional.auxiliaryTypes()[0] == java.nio.file.Path.class) {
        line(program, when, "-F");
      }
    }
  }

  private void options(CommandSpec spec, String program, String when) {
    for (OptionSpec option : spec.options()) {
      if (option.hidden()) {
        continue;
      }
      var words = new StringJoiner(" ");
      for (String each : option.names()) {
        words.add(each.startsWith("--") ? "-l " + each.substring(2) : "-s " + each.substring(1));
      }
      if (option.arity().max() > 0) {
        String values = values(option);
        words.add(values.isEmpty() ? "-r -F" : "-x -a " + quoted(values));
      }
      words.add("-d " + quoted(String.join(" ", option.description())));
      line(program, when, words.toString());
    }
  }

  private static String values(ArgSpec arg) {
    var words = new StringJoiner(" ");
    if (arg.typeInfo().isEnum()) {
      arg.typeInfo().getEnumConstantNames().forEach(n -> words.add(n.toLowerCase(Locale.ROOT)));
    } else if (arg.completionCandidates() != null) {
      arg.completionCandidates().forEach(words::add);
    }
    return words.toString();
  }

  private void line(String program, String when, String rest) {
    out.append("complete -c ").append(program).append(" -n ").append(quoted(when));
    out.append(' ').append(rest).append('\n');
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
