package org.girih.cli.campaign;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process that tries seeds, one for each line of standard input, and answers each with a line:
/// so that its parent counts deaths and hangs, and does not guess them.
final class CampaignWorker {
  private CampaignWorker() {}

  /// @param arguments the kind of [Trials], and a folder of its own
  public static void main(String[] arguments) throws Exception {
    var answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    Trials kind = Trials.valueOf(arguments[0]);
    Path folder = Files.createDirectories(Path.of(arguments[1]));
    var seeds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = seeds.readLine(); line != null; line = seeds.readLine()) {
      answers.println(answer(kind, Long.parseLong(line), folder));
    }
    Runtime.getRuntime().halt(0);
  }

  private static String answer(Trials kind, long seed, Path folder) {
    try {
      return kind.run(seed, folder);
    } catch (Exception | Error e) {
      return "broken " + e.toString().replace('\n', ' ');
    }
  }
}
