package org.girih.cli.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The parent's end of a [CampaignWorker]; a process that died or hangs is replaced.
final class Worker implements AutoCloseable {
  /// An input that computes longer than this hangs; time in which other processes have the cores
  /// does not count.
  private static final int COMPUTING_SECONDS = 30;

  /// An input that waits longer than this hangs, whatever it waits for.
  private static final int WAITING_SECONDS = 600;

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
    String answer = answer();
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

  private String answer() throws InterruptedException {
    long before = computed();
    String answer = null;
    for (int i = 0; answer == null && i < WAITING_SECONDS; i++) {
      answer = answers.poll(1, TimeUnit.SECONDS);
      if (computed() - before > COMPUTING_SECONDS) {
        break;
      }
    }
    return answer;
  }

  /// The seconds of processor time that the worker has had.
  private long computed() {
    return process.info().totalCpuDuration().map(Duration::toSeconds).orElse(0L);
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
