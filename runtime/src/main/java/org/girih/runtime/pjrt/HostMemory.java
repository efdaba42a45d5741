package org.girih.runtime.pjrt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// Refuses what the machine's memory cannot hold. Linux grants any allocation and kills the process
/// when the pages are touched, so that a result of 64 GiB would end it without a word.
public final class HostMemory {
  /// Below this nothing is asked: reading the figures takes as long as a small run.
  private static final long ALWAYS_FINE = 256L << 20;

  private HostMemory() {}

  /// Returns what a run allocates in host memory, if that is enough to be checked before it:
  /// results that lie in no argument, and temporaries, on a device that computes in host memory.
  ///
  /// @param devices how many devices run the plan, each in memory of its own
  static OptionalLong need(PluginDevice device, Executable.Memory plan, int devices) {
    if (!device.client().platform().equals("cpu")) {
      return OptionalLong.empty();
    }
    long each = saturated(plan.results() - plan.aliased(), plan.temporaries());
    long bytes = each > Long.MAX_VALUE / devices ? Long.MAX_VALUE : each * devices;
    return bytes > ALWAYS_FINE ? OptionalLong.of(bytes) : OptionalLong.empty();
  }

  private static long saturated(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  /// @throws PjrtException with [StatusCode#RESOURCE_EXHAUSTED] if that much is not available
  static void require(long bytes) {
    if (bytes <= ALWAYS_FINE) {
      return;
    }
    long available = available();
    if (bytes > available) {
      throw new PjrtException(
          StatusCode.RESOURCE_EXHAUSTED,
          "needs %.1f GiB of memory, %.1f GiB are available"
              .formatted(bytes / (double) (1L << 30), available / (double) (1L << 30)));
    }
  }

  /// Returns what can be allocated without swapping: of the machine, and of the control group if it
  /// has a limit. Where neither is known, everything.
  public static long available() {
    long machine = field(Path.of("/proc/meminfo"), "MemAvailable:", 1024);
    Path group = Path.of("/sys/fs/cgroup");
    long limit = number(group.resolve("memory.max"));
    long used = number(group.resolve("memory.current"));
    long cached = field(group.resolve("memory.stat"), "inactive_file", 1);
    if (limit == Long.MAX_VALUE || used == Long.MAX_VALUE) {
      return machine;
    }
    long reclaimable = cached == Long.MAX_VALUE ? 0 : cached;
    return Math.min(machine, Math.max(0, limit - used + reclaimable));
  }

  private static long number(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      return Long.MAX_VALUE; // no such file, or "max"
    }
  }

  /// Returns the number after `name` on its line, times `unit`.
  private static long field(Path file, String name, long unit) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(l -> l.startsWith(name))
          .mapToLong(l -> Long.parseLong(l.substring(name.length()).strip().split(" ")[0]) * unit)
          .findFirst()
          .orElse(Long.MAX_VALUE);
    } catch (IOException | NumberFormatException | java.io.UncheckedIOException e) {
      return Long.MAX_VALUE;
    }
  }
}
