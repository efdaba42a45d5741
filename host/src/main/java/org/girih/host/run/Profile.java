package org.girih.host.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Measures where the time of a run goes: spans of its phases, on whatever thread they were. Phases
/// overlap where entries are compiled ahead on threads of their own, so that their sum may be more
/// than the whole.
public final class Profile {
  /// A phase of a run.
  public enum Phase {
    START("start of the JVM"),
    PLUGIN("plugin and client"),
    READ("parse and elaborate"),
    PASSES("passes"),
    EMIT("emit and verify HLO"),
    COMPILE("XLA compiles"),
    CACHE("executables from the cache"),
    RUN("run on the device"),
    TRANSFER("copies to and from the device"),
    FILES("files, plots and prints");

    private final String text;

    Phase(String text) {
      this.text = text;
    }
  }

  /// More would make a file that no viewer opens.
  private static final int MOST = 200_000;

  private record Event(Phase phase, String name, long thread, long begin, long end) {}

  /// The time of a phase.
  ///
  /// @param nanoseconds of all its spans
  private record Total(long spans, long nanoseconds) {
    Total and(long more) {
      return new Total(spans + 1, nanoseconds + more);
    }
  }

  /// A phase that is going on until it is closed.
  public final class Span implements AutoCloseable {
    private final Phase phase;
    private final String name;
    private final long begin = System.nanoTime();

    private Span(Phase phase, String name) {
      this.phase = phase;
      this.name = name;
    }

    @Override
    public void close() {
      if (on) {
        add(phase, name, begin, System.nanoTime());
      }
    }
  }

  private final boolean on;
  private final long zero;
  private final Map<Phase, Total> totals = new EnumMap<>(Phase.class);
  private final List<Event> events = new ArrayList<>();
  private final SortedMap<Long, String> threads = new TreeMap<>();
  private long left;

  private Profile(boolean on, long zero) {
    this.on = on;
    this.zero = zero;
  }

  /// Returns one that notes nothing.
  public static Profile off() {
    return new Profile(false, System.nanoTime());
  }

  /// Returns one of a process that began at this time; what was until now is its start.
  public static Profile since(Instant begin) {
    long now = System.nanoTime();
    long elapsed = Math.max(0, java.time.Duration.between(begin, Instant.now()).toNanos());
    var profile = new Profile(true, now - elapsed);
    profile.add(Phase.START, "start", now - elapsed, now);
    return profile;
  }

  /// Returns whether it notes anything.
  boolean on() {
    return on;
  }

  /// Begins a span.
  ///
  /// @param name what a viewer writes on it
  public Span begin(Phase phase, String name) {
    return new Span(phase, name);
  }

  private synchronized void add(Phase phase, String name, long begin, long end) {
    totals.merge(phase, new Total(1, end - begin), (old, fresh) -> old.and(fresh.nanoseconds()));
    if (events.size() < MOST) {
      Thread thread = Thread.currentThread();
      threads.put(thread.threadId(), thread.getName());
      events.add(new Event(phase, name, thread.threadId(), begin, end));
    } else {
      left++;
    }
  }

  /// Returns a line for each phase that was: milliseconds, share of the whole until now, spans.
  public synchronized String table() {
    double whole = (System.nanoTime() - zero) / 1e6;
    var out = new StringBuilder("      ms   share   times  phase\n");
    totals.forEach(
        (phase, total) -> {
          double ms = total.nanoseconds() / 1e6;
          out.append(
              "%8.1f  %5.1f%%  %6d  %s%n"
                  .formatted(ms, 100 * ms / whole, total.spans(), phase.text));
        });
    out.append("%8.1f  100.0%%          from the start of the process%n".formatted(whole));
    return out.toString();
  }

  /// Writes the spans in the Trace Event Format, which Perfetto and Chrome's tracing page show: one
  /// complete event each, times in microseconds.
  public synchronized void trace(OutputStream out) throws IOException {
    var factory = JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    try (var json = factory.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("displayTimeUnit", "ms");
      json.writeArrayFieldStart("traceEvents");
      for (var thread : threads.entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", "thread_name");
        json.writeStringField("ph", "M");
        json.writeNumberField("pid", 1);
        json.writeNumberField("tid", thread.getKey());
        json.writeObjectFieldStart("args");
        json.writeStringField("name", thread.getValue());
        json.writeEndObject();
        json.writeEndObject();
      }
      for (Event event : events) {
        json.writeStartObject();
        json.writeStringField("name", event.name());
        json.writeStringField("cat", event.phase().text);
        json.writeStringField("ph", "X");
        json.writeNumberField("ts", (event.begin() - zero) / 1000.0);
        json.writeNumberField("dur", (event.end() - event.begin()) / 1000.0);
        json.writeNumberField("pid", 1);
        json.writeNumberField("tid", event.thread());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("spansLeftOut", left);
      json.writeEndObject();
    }
  }
}
