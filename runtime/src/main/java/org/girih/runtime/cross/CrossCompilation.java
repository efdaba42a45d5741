package org.girih.runtime.cross;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.girih.runtime.cross.CrossException.Reason;

/// Compiles in a child of this JVM.
public final class CrossCompilation {
  private static final int SIGNAL = 128;

  private CrossCompilation() {}

  /// @param module the bytes of a verified `HloModuleProto`
  /// @throws CrossException as the plugin refused it, or ended
  /// @throws CancellationException if the calling thread is interrupted; the child is ended
  public static CrossResult run(CrossRequest request, byte[] module) throws CrossException {
    Path folder = null;
    try {
      folder = Files.createTempDirectory("girih-cross");
      return run(new Exchange(folder), request, module);
    } catch (IOException e) {
      throw new CrossException(
          Reason.SYSTEM, "cannot exchange files with the compiler's process: " + e.getMessage());
    } finally {
      delete(folder);
    }
  }

  private static CrossResult run(Exchange exchange, CrossRequest request, byte[] module)
      throws IOException, CrossException {
    exchange.ask(request, module);
    File log = exchange.folder().resolve("log").toFile();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-XX:ErrorFile=" + exchange.folder().resolve("hs_err.log"),
            "-XX:-CreateCoredumpOnCrash",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrossChild.class.getName(),
            exchange.folder().toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
    builder.environment().putAll(request.environment());
    long start = System.nanoTime();
    Process child = builder.start();
    try {
      int status = child.waitFor();
      if (exchange.answered()) {
        return exchange.result((System.nanoTime() - start) / 1e9);
      }
      throw ended(status, Files.readString(log.toPath(), Charset.forName("ISO-8859-1")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the compilation was interrupted");
    } finally {
      child.destroyForcibly();
    }
  }

  /// Returns what ended a child that did not answer, by its log.
  static CrossException ended(int status, String log) {
    if (log.contains("libtpu_lockfile")) {
      return new CrossException(
          Reason.LOCKED, "another process holds the TPU, or one that was killed left its lock");
    }
    String how = status > SIGNAL ? "was ended by signal " + (status - SIGNAL) : "ended";
    return new CrossException(
        Reason.ENDED, "the target's compiler " + how + utf8(LastWords.of(log)));
  }

  /// Returns the log as text: it was read as bytes, since it may be cut anywhere.
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static void delete(Path folder) {
    if (folder == null) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException _) {
      // The system clears its folder of temporary files; the result is what the caller wants.
    }
  }
}
