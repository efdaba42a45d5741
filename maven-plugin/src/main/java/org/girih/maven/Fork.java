package org.girih.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/// Runs a command of `girih` in a process.
///
/// @param java the program that runs it
/// @param artifacts its class path
record Fork(Path java, List<Artifact> artifacts, Log log) {
  /// Runs, and fails the build if the command fails.
  ///
  /// @param what for the message: "the Girih sources"
  void run(String what, List<String> arguments)
      throws MojoExecutionException, MojoFailureException {
    var messages = new Messages(log);
    int code = process(arguments, messages);
    messages.end();
    if (code == 0) {
      return;
    }
    String first = messages.first();
    throw new MojoFailureException(
        messages.errors() == 0
            ? what + ": girih ended with code " + code
            : what + ": " + first + (messages.errors() > 1 ? ", and more errors" : ""));
  }

  private int process(List<String> arguments, Messages messages) throws MojoExecutionException {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xss512m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath(),
            "org.girih.cli.command.Girih"));
    command.addAll(arguments);
    log.debug(String.join(" ", command));
    try {
      // One stream could fill while the other is read: what is no result goes to a file.
      Path errors = Files.createTempFile("girih", ".err");
      try {
        var builder = new ProcessBuilder(command);
        builder.environment().put("NO_COLOR", "1");
        builder.redirectError(errors.toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
          out.lines().forEach(log::info);
        }
        int code = process.waitFor();
        Files.readAllLines(errors).forEach(messages::line);
        return code;
      } finally {
        Files.deleteIfExists(errors);
      }
    } catch (IOException e) {
      throw new MojoExecutionException("cannot run " + java + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("interrupted", e);
    }
  }

  private String classPath() {
    return artifacts.stream()
        .map(a -> a.getFile().getPath())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
