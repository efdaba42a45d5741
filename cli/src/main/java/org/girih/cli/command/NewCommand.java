package org.girih.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.girih.cli.project.NewProject;
import org.girih.cli.project.Template;
import org.girih.host.file.FileProblem;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `girih new`.
@Command(
    name = "new",
    description = "Make a project in a new folder, which runs at once.",
    footer = {
      "",
      "Examples:",
      "  girih new hello",
      "  girih new --lib neighbours",
      "  girih new --maven services/forecast"
    })
final class NewCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      paramLabel = "NAME",
      description = "The folder; its last part names the project: letters, digits, - and _.")
  private Path folder;

  @Option(
      names = "--lib",
      description = "A library with tests, and a program that imports it, instead of a program.")
  private boolean library;

  @Option(
      names = "--maven",
      description = "A Maven project whose Java calls functions in Girih, instead of a program.")
  private boolean maven;

  @Spec private CommandSpec spec;

  NewCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    if (library && maven) {
      throw wrong("expected one of `--lib` and `--maven`, got both");
    }
    String name =
        NewProject.name(folder)
            .orElseThrow(
                () ->
                    wrong(
                        "`"
                            + folder
                            + "` does not name a project; expected a letter, then letters, digits,"
                            + " `-` or `_` after the last `/`"));
    Template template = library ? Template.LIBRARY : maven ? Template.MAVEN : Template.PROGRAM;
    var files = template.files(name, Version.number());
    try {
      NewProject.write(folder, files);
    } catch (FileProblem e) {
      return terminal.fail(
          Diagnostic.error(e.code(), e.getMessage())
              .help("name a folder that is not there yet, where you may write"));
    }
    terminal.out().println("made " + template.title() + ":");
    files.keySet().forEach(file -> line(folder.resolve(file).toString()));
    terminal.out().println("next:");
    line("cd " + folder);
    template.commands(name).forEach(this::line);
    terminal.out().flush();
    return 0;
  }

  private void line(String text) {
    terminal.out().println("  " + Visible.text(text));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
