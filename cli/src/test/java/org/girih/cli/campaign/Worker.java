package org.girih.cli.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The parent's end of a [CampaignWorker]; a process that died or hangs is replaced.
final class Worker implements AutoCloseable {
  /// An input that takes longer than this hangs.
  private static final int SECONDS = 30;

  /// A process is replaced after so many inputs, so that its memory is not the sum of all.
  private static final int INPUTS = 2_000;

  private final Trials kind;
  private final Path folder;
  private final Map<String, String> environment;
  private Process process;
  private PrintStream seeds;
  private BlockingQueue<String> answers;
  private int tried;

  /// @param environment in addition to that of this process
  Worker(Trials kind, Path folder, Map<String, String> environment) {
    this.kind = kind;
    this.folder = folder;
    this.environment = environment;
  }

  /// Tries a seed: the worker's answer, `died` with the signal, or `hung`.
  String attempt(long seed) throws IOException, InterruptedException {
    if (process == null || tried++ >= INPUTS) {
      start();
    }
    seeds.println(seed);
    String answer = answers.poll(SECONDS, TimeUnit.SECONDS);
    if (answer == null) {
      close();
      return "hung";
    }
    if (answer.isEmpty()) {
      int status = process.waitFor();
      close();
      return "died " + status;
    }
    return answer;
  }

  private void start() throws IOException {
    close();
    var builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-Xss16m",
                    "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=" + folder.resolve("hs_err.log"),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CampaignWorker.class.getName(),
                    kind.name(),
                    folder.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    process = builder.start();
    seeds = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    var queue = new LinkedBlockingQueue<String>();
    var lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual()
        .start(
            () -> {
              lines.lines().forEach(queue::add);
              queue.add(""); // The end.
            });
    answers = queue;
    tried = 0;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
      process = null;
    }
  }
}
