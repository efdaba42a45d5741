package org.girih.runtime.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;

/// All but the program that decides what the plugin makes of it: an executable serves only where
/// every one of these is equal. The CPU plugin compiles for the very processor that it runs on, and
/// takes options from `XLA_FLAGS` besides those that it is given.
///
/// @param facts by name: `plugin`, `platform`, `devices`, `processor`, `options`, `XLA_FLAGS`
public record CompileEnvironment(SequencedMap<String, String> facts) {
  public CompileEnvironment {
    facts = java.util.Collections.unmodifiableSequencedMap(new TreeMap<>(facts));
  }

  /// Returns those of a compilation with this client.
  ///
  /// @param plugin the digest of the plugin's file
  public static CompileEnvironment of(
      Client client, String plugin, CompileOptions options, Map<String, String> environment) {
    var facts = new TreeMap<String, String>();
    facts.put("plugin", plugin);
    facts.put("platform", client.platform() + " " + client.platformVersion());
    facts.put(
        "devices", client.devices().stream().map(d -> d.kind()).collect(Collectors.joining(", ")));
    facts.put("processor", processor());
    facts.put("options", HexFormat.of().formatHex(options.encode()));
    facts.put("XLA_FLAGS", environment.getOrDefault("XLA_FLAGS", ""));
    return new CompileEnvironment(facts);
  }

  /// Returns the names of the facts that differ.
  List<String> differences(CompileEnvironment other) {
    var names = new ArrayList<String>();
    for (String name : facts.keySet()) {
      if (!facts.get(name).equals(other.facts.get(name))) {
        names.add(name);
      }
    }
    return names;
  }

  /// Returns `name=value` lines; values have no line breaks of their own.
  String text() {
    return facts.entrySet().stream()
        .map(f -> f.getKey() + "=" + f.getValue().replaceAll("\\s+", " "))
        .collect(Collectors.joining("\n"));
  }

  static CompileEnvironment parse(String text) {
    var facts = new TreeMap<String, String>();
    for (String line : text.split("\n")) {
      int equals = line.indexOf('=');
      facts.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
    }
    return new CompileEnvironment(facts);
  }

  /// Returns the model of the first processor and what it can do. Empty where Linux does not tell.
  private static String processor() {
    var found = new TreeMap<String, String>();
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      lines
          .takeWhile(line -> !line.isBlank())
          .filter(
              line -> line.matches("(vendor_id|cpu family|model|stepping|flags|Features)\\s*:.*"))
          .forEach(
              line -> found.put(line.split("\\s*:")[0], line.substring(line.indexOf(':') + 1)));
    } catch (IOException | java.io.UncheckedIOException e) {
      return "unknown: " + e.getMessage();
    }
    return String.join(" ", found.values()).strip();
  }
}
