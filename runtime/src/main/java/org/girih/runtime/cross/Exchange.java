package org.girih.runtime.cross;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import org.girih.runtime.cross.CrossException.Reason;
import org.girih.runtime.pjrt.CompiledProgram;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Option;

/// The files in which parent and child talk: `request.properties` and `module.pb` there,
/// `answer.properties`, `executable` and `optimized` back.
record Exchange(Path folder) {
  private static final String REQUEST = "request.properties";
  private static final String ANSWER = "answer.properties";
  private static final String MODULE = "module.pb";
  private static final String EXECUTABLE = "executable";
  private static final String OPTIMIZED = "optimized";

  void ask(CrossRequest request, byte[] module) throws IOException {
    var p = new Properties();
    p.setProperty("library", request.library().toString());
    p.setProperty("topology", request.topology());
    p.setProperty("client", Integer.toString(request.client().orElse(0)));
    p.setProperty("replicas", Integer.toString(request.replicas()));
    p.setProperty("partitions", Integer.toString(request.partitions().orElse(0)));
    p.setProperty("options", Integer.toString(request.options().size()));
    for (int i = 0; i < request.options().size(); i++) {
      p.setProperty("option." + i + ".name", request.options().get(i).name());
      p.setProperty("option." + i + ".value", request.options().get(i).value());
    }
    Files.write(folder.resolve(MODULE), module);
    write(REQUEST, p);
  }

  CrossRequest request() throws IOException {
    Properties p = read(REQUEST);
    var options = new ArrayList<Option.Text>();
    for (int i = 0; i < integer(p, "options"); i++) {
      options.add(
          new Option.Text(
              p.getProperty("option." + i + ".name"), p.getProperty("option." + i + ".value")));
    }
    return new CrossRequest(
        Path.of(p.getProperty("library")),
        p.getProperty("topology"),
        List.copyOf(options),
        positive(p, "client"),
        integer(p, "replicas"),
        positive(p, "partitions"),
        Map.of());
  }

  byte[] module() throws IOException {
    return Files.readAllBytes(folder.resolve(MODULE));
  }

  void refuse(Reason reason, String message) throws IOException {
    var p = new Properties();
    p.setProperty("reason", reason.name());
    p.setProperty("message", message);
    write(ANSWER, p);
  }

  void answer(CrossResult result) throws IOException {
    CompiledProgram compiled = result.compiled();
    Files.write(folder.resolve(EXECUTABLE), compiled.serialized());
    Files.write(folder.resolve(OPTIMIZED), compiled.optimized().code());
    var p = new Properties();
    p.setProperty("format", compiled.optimized().format());
    p.setProperty("replicas", Integer.toString(compiled.replicas()));
    p.setProperty("partitions", Integer.toString(compiled.partitions()));
    Executable.Memory memory = compiled.memory();
    p.setProperty("memory.arguments", Long.toString(memory.arguments()));
    p.setProperty("memory.results", Long.toString(memory.results()));
    p.setProperty("memory.aliased", Long.toString(memory.aliased()));
    p.setProperty("memory.temporaries", Long.toString(memory.temporaries()));
    p.setProperty("memory.code", Long.toString(memory.code()));
    p.setProperty("memory.peak", Long.toString(memory.peak()));
    Executable.Cost cost = compiled.cost();
    p.setProperty("cost.flops", Double.toString(cost.flops()));
    p.setProperty("cost.transcendentals", Double.toString(cost.transcendentals()));
    p.setProperty("cost.bytes", Double.toString(cost.bytes()));
    p.setProperty("version", result.platformVersion());
    p.setProperty("api", result.apiVersion());
    p.setProperty("kind", result.deviceKind());
    p.setProperty("devices", Integer.toString(result.devices()));
    p.setProperty("processes", Integer.toString(result.processes()));
    p.setProperty("seconds.plugin", Double.toString(result.seconds().plugin()));
    p.setProperty("seconds.topology", Double.toString(result.seconds().topology()));
    p.setProperty("seconds.compile", Double.toString(result.seconds().compile()));
    write(ANSWER, p);
  }

  /// Returns whether the child has answered.
  boolean answered() {
    return Files.isRegularFile(folder.resolve(ANSWER));
  }

  /// @param process seconds that the child took
  /// @throws CrossException as the child refused
  CrossResult result(double process) throws IOException, CrossException {
    Properties p = read(ANSWER);
    if (p.containsKey("reason")) {
      throw new CrossException(Reason.valueOf(p.getProperty("reason")), p.getProperty("message"));
    }
    var optimized =
        new Executable.Optimized(
            p.getProperty("format"), Files.readAllBytes(folder.resolve(OPTIMIZED)));
    var memory =
        new Executable.Memory(
            number(p, "memory.arguments"),
            number(p, "memory.results"),
            number(p, "memory.aliased"),
            number(p, "memory.temporaries"),
            number(p, "memory.code"),
            number(p, "memory.peak"));
    var cost =
        new Executable.Cost(
            real(p, "cost.flops"), real(p, "cost.transcendentals"), real(p, "cost.bytes"));
    return new CrossResult(
        new CompiledProgram(
            integer(p, "replicas"),
            integer(p, "partitions"),
            Files.readAllBytes(folder.resolve(EXECUTABLE)),
            optimized,
            memory,
            cost),
        p.getProperty("version"),
        p.getProperty("api"),
        p.getProperty("kind"),
        integer(p, "devices"),
        integer(p, "processes"),
        new CrossResult.Seconds(
            process,
            real(p, "seconds.plugin"),
            real(p, "seconds.topology"),
            real(p, "seconds.compile")));
  }

  /// Returns the number; 0 means none.
  private static OptionalInt positive(Properties p, String key) {
    int value = integer(p, key);
    return value == 0 ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static int integer(Properties p, String key) {
    return Integer.parseInt(p.getProperty(key));
  }

  private static long number(Properties p, String key) {
    return Long.parseLong(p.getProperty(key));
  }

  private static double real(Properties p, String key) {
    return Double.parseDouble(p.getProperty(key));
  }

  private Properties read(String name) throws IOException {
    var properties = new Properties();
    try (var in = Files.newBufferedReader(folder.resolve(name))) {
      properties.load(in);
    }
    return properties;
  }

  /// Writes a file that is complete or not there.
  private void write(String name, Properties properties) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    try (var out = Files.newBufferedWriter(fresh)) {
      properties.store(out, null);
    }
    Files.move(fresh, folder.resolve(name));
  }
}
