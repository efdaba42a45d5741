package org.girih.cli.command;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Visible;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `girih`.
@Command(
    name = "girih",
    description = "A small functional array language, compiled through XLA.",
    footer = {"", "Example:", "  girih run examples/digits.girih"})
public final class Girih implements Runnable {
  /// A bug of Girih (`EX_SOFTWARE` of sysexits.h).
  public static final int BUG = 70;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print version, commit, JDK, plugin and PJRT API.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] args) {
    var results = new StandardOutput();
    var out = new PrintStream(results, false, StandardCharsets.UTF_8);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    var terminal = new Terminal(out, err, System.getenv());
    if (terminal.environment().containsKey(WatchedRun.VARIABLE)) {
      ThisProcess.endWithParent();
    }
    OptionalInt guarded = Guard.run(terminal, args);
    int code = guarded.isPresent() ? guarded.getAsInt() : execute(terminal, args);
    out.flush();
    // Threads of the plugin must not keep the process alive.
    Runtime.getRuntime().halt(Guard.ended(terminal, results.exitCode(terminal, code)));
  }

  /// Runs a command on these streams.
  public static int execute(Terminal terminal, String... args) {
    return execute(commandLine(terminal), terminal, args);
  }

  static int execute(CommandLine line, Terminal terminal, String... args) {
    try {
      return line.execute(args);
    } catch (Error e) { // picocli's handler sees exceptions only
      return failure(terminal, e);
    }
  }

  /// Returns the commands, set up.
  public static CommandLine commandLine(Terminal terminal) {
    var line = new CommandLine(new Girih());
    line.getCommandSpec().versionProvider(new Version(terminal));
    for (Object command : commands(terminal)) {
      line.addSubcommand(command);
    }
    line.setOut(new PrintWriter(terminal.out(), true));
    line.setErr(new PrintWriter(terminal.err(), true));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.color() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setUsageHelpWidth(Math.max(55, Math.min(100, terminal.width())));
    line.setParameterExceptionHandler(new WrongCommandLine(terminal));
    line.setExecutionExceptionHandler((e, _, _) -> failure(terminal, e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    return line;
  }

  private static List<Object> commands(Terminal terminal) {
    return List.of(
        new NewCommand(terminal),
        new RunCommand(terminal),
        new TestCommand(terminal),
        new BenchCommand(terminal),
        new CheckCommand(terminal),
        new FixCommand(terminal),
        new FmtCommand(terminal),
        new ShowCommand(terminal),
        new BuildCommand(terminal),
        new TargetsCommand(terminal),
        new InspectCommand(terminal),
        new JavaCommand(terminal),
        new OptCommand(terminal),
        new ExecCommand(terminal),
        new CacheCommand(terminal),
        new DevicesCommand(terminal),
        new PluginCommand(terminal),
        new DocCommand(terminal),
        new ExplainCommand(terminal),
        new CompletionCommand(terminal),
        new InstallCommand(terminal),
        new UninstallCommand(terminal),
        new HelpCommand(terminal));
  }

  /// Reports what a command threw; returns its exit code.
  static int failure(Terminal terminal, Throwable e) {
    if (e instanceof CommandLine.ParameterException usage) {
      throw usage;
    }
    terminal.out().flush();
    if (e instanceof java.util.concurrent.CancellationException) {
      return 130;
    }
    if (terminal.environment().containsKey("GIRIH_DEBUG")) {
      e.printStackTrace(terminal.err());
    }
    return switch (e) {
      case StackOverflowError _ ->
          terminal.fail(
              Diagnostic.error(Code.TOO_DEEP, "the program nests too deep to be followed"));
      case OutOfMemoryError none when String.valueOf(none.getMessage()).contains("thread") ->
          terminal.fail(
              Diagnostic.error(Code.TOO_LITTLE_ALLOWED, "the system lets it start no more threads")
                  .help("raise the limit of processes, `ulimit -u`, or of memory, `ulimit -v`"));
      case OutOfMemoryError _ ->
          terminal.fail(
              Diagnostic.error(
                      Code.OUT_OF_MEMORY,
                      "the program needs more than the %d MiB that the compiler may take"
                          .formatted(Runtime.getRuntime().maxMemory() >> 20))
                  .help("`GIRIH_JAVA_OPTS=-Xmx8g` gives it more"));
      default -> bug(terminal, e);
    };
  }

  private static int bug(Terminal terminal, Throwable e) {
    String what = e instanceof CompilerBug ? e.getMessage() : e.toString();
    terminal.err().println("girih: internal error: " + Visible.text(what));
    terminal
        .err()
        .println(
            "This is a bug of Girih. Please report it with the program; GIRIH_DEBUG=1 shows more.");
    return BUG;
  }
}
