package org.girih.cli.command;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.girih.cli.run.BuiltFiles;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.cross.LastWords;

/// Runs a command whose HLO comes from a file in a process of its own: XLA ends the process that it
/// is in where it meets what it does not expect, with its stack on standard error. Here that is an
/// error like others.
final class Guard {
  /// Set for the process that is guarded.
  private static final String VARIABLE = "GIRIH_GUARDED";

  /// Is added to the exit codes of a command that came to its end: no signal and no JVM returns
  /// these.
  private static final int ENDED = 100;

  /// The lines that XLA and the JVM write when they end, or before.
  private static final Pattern NATIVE =
      Pattern.compile(
          "WARNING: All log messages before absl.*|[IWEF]\\d{4} .*|\\*\\*\\* .*|    @ +0x.*");

  private final Terminal terminal;
  private final List<String> log = new ArrayList<>();

  private Guard(Terminal terminal) {
    this.terminal = terminal;
  }

  /// Returns the exit code of the guarded process; empty if this is it, if the command needs none,
  /// or if none can be started.
  static OptionalInt run(Terminal terminal, String[] args) {
    boolean foreign =
        args.length > 0
            && (args[0].equals("exec")
                || args[0].equals("run")
                    && Arrays.stream(args).anyMatch(a -> a.endsWith(Artifact.SUFFIX)));
    if (terminal.environment().containsKey(VARIABLE)) {
      ThisProcess.endWithParent();
      return OptionalInt.empty();
    }
    // Who watches does not run the file: each run is guarded.
    boolean watches =
        Arrays.asList(args).contains("--watch")
            && !terminal.environment().containsKey(WatchedRun.VARIABLE);
    if (!foreign || watches || TrustOption.in(args) || builtHere(terminal, args)) {
      return OptionalInt.empty();
    }
    Optional<List<String>> command = ThisProcess.command();
    return command.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(new Guard(terminal).run(command.get()));
  }

  /// Returns whether the file that is run was built on this machine.
  private static boolean builtHere(Terminal terminal, String[] args) {
    List<Path> files =
        Arrays.stream(args)
            .skip(1)
            .filter(a -> a.endsWith(".pb") || a.endsWith(Artifact.SUFFIX))
            .map(Path::of)
            .toList();
    var built = BuiltFiles.of(terminal.environment());
    return !files.isEmpty() && files.stream().allMatch(built::has);
  }

  /// Returns the exit code with which a guarded process ends.
  static int ended(Terminal terminal, int code) {
    return terminal.environment().containsKey(VARIABLE) ? ENDED + code : code;
  }

  private int run(List<String> command) {
    var builder = new ProcessBuilder(command).redirectInput(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(VARIABLE, "1");
    try {
      Process child = builder.start();
      var end = new Thread(child::destroy);
      Runtime.getRuntime().addShutdownHook(end);
      var results = CompletableFuture.supplyAsync(() -> bytes(child.getInputStream()));
      pass(child);
      int status = child.waitFor() - ENDED;
      if (status < 0 || !List.of(0, 1, 2, Girih.BUG, 130).contains(status)) {
        return crashed(results.get().toString(StandardCharsets.UTF_8));
      }
      log.forEach(terminal.err()::println);
      results.get().writeTo(terminal.out());
      return status;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 130;
    } catch (IOException | ExecutionException e) {
      String why = "the process that runs it cannot be used: " + e.getMessage();
      return terminal.fail(Diagnostic.error(Code.TOO_LITTLE_ALLOWED, why));
    }
  }

  private static ByteArrayOutputStream bytes(InputStream in) {
    var out = new ByteArrayOutputStream();
    try (in) {
      in.transferTo(out);
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Passes on what the command reports until something else is written.
  private void pass(Process child) throws IOException {
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (log.isEmpty() && !NATIVE.matcher(line).matches()) {
          terminal.err().println(line);
        } else {
          log.add(line);
        }
      }
    }
  }

  private int crashed(String results) {
    String said = String.join("\n", log) + "\n" + results;
    String words = LastWords.of(said);
    Optional<String> report =
        results.lines().filter(l -> l.startsWith("# ") && l.contains("hs_err")).findFirst();
    var error = Diagnostic.error(Code.COMPILER_ENDED, "XLA ended the process" + words);
    String help =
        report
            .map(l -> "the JVM's report is " + Path.of(l.substring(2).strip()))
            .orElse("`GIRIH_GUARDED=1` shows all that it says");
    return terminal.fail(error.help(help));
  }
}
