package org.girih.runtime.cross;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.girih.runtime.cross.CrossException.Reason;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.CompileOptions;
import org.girih.runtime.pjrt.CompiledProgram;
import org.girih.runtime.pjrt.DeviceAssignment;
import org.girih.runtime.pjrt.DeviceDescription;
import org.girih.runtime.pjrt.Option;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.pjrt.Topology;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// The process in which a module is compiled.
final class CrossChild {
  private CrossChild() {}

  /// @param arguments the folder of the [Exchange]
  public static void main(String[] arguments) {
    endWithParent();
    int code = 0;
    try {
      answer(new Exchange(Path.of(arguments[0])));
    } catch (IOException e) {
      System.err.println(e);
      code = 1;
    }
    // Threads of the plugin must not keep the process alive, nor its destructors crash it.
    Runtime.getRuntime().halt(code);
  }

  /// Ends with the parent, which holds the other end of standard input as long as it lives.
  private static void endWithParent() {
    var watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  continue;
                }
              } catch (IOException _) {
                // As if it were closed.
              }
              Runtime.getRuntime().halt(1);
            },
            "girih-parent");
    watch.setDaemon(true);
    watch.start();
  }

  private static void answer(Exchange exchange) throws IOException {
    try {
      exchange.answer(compile(exchange.request(), exchange.module()));
    } catch (CrossException e) {
      exchange.refuse(e.reason(), e.getMessage());
    } catch (PluginException e) {
      boolean locked = e.reason() == PluginException.Reason.LOCKED;
      exchange.refuse(locked ? Reason.LOCKED : Reason.REFUSED, e.getMessage());
    } catch (PjrtException e) {
      boolean memory = e.code() == StatusCode.RESOURCE_EXHAUSTED;
      exchange.refuse(memory ? Reason.MEMORY : Reason.REFUSED, String.valueOf(e.getMessage()));
    }
  }

  private static CrossResult compile(CrossRequest request, byte[] module)
      throws CrossException, PluginException {
    long start = System.nanoTime();
    Plugin plugin = Plugin.load(request.library());
    double loading = seconds(start);
    start = System.nanoTime();
    if (request.client().isPresent()) {
      long count = request.client().getAsInt();
      try (var client = Client.create(plugin, Map.of("cpu_device_count", count))) {
        double creating = seconds(start);
        start = System.nanoTime();
        int wanted = wanted(request, client.devices().size());
        var options =
            new CompileOptions(
                request.replicas(),
                wanted / request.replicas(),
                client.devices().subList(0, wanted));
        CompiledProgram compiled = client.compiled(module, options);
        return result(
            compiled,
            client.platformVersion(),
            plugin,
            client.devices().stream().map(d -> d.description()).toList(),
            new CrossResult.Seconds(0, loading, creating, seconds(start)));
      }
    }
    try (var topology = topology(plugin, request)) {
      double describing = seconds(start);
      start = System.nanoTime();
      List<Integer> ids = topology.devices().stream().map(DeviceDescription::id).toList();
      int wanted = wanted(request, ids.size());
      var assignment =
          new DeviceAssignment(
              request.replicas(), wanted / request.replicas(), ids.subList(0, wanted));
      CompiledProgram compiled = topology.compile(module, assignment);
      return result(
          compiled,
          topology.platformVersion(),
          plugin,
          topology.devices(),
          new CrossResult.Seconds(0, loading, describing, seconds(start)));
    }
  }

  /// Returns how many of the devices that there are the program runs on.
  private static int wanted(CrossRequest request, int devices) throws CrossException {
    int partitions = request.partitions().orElse(Math.max(1, devices / request.replicas()));
    long wanted = (long) partitions * request.replicas();
    if (wanted > devices) {
      throw new CrossException(
          Reason.TOO_FEW_DEVICES,
          "the program runs on " + wanted + " devices, the target has " + devices);
    }
    return (int) wanted;
  }

  private static Topology topology(Plugin plugin, CrossRequest request) throws CrossException {
    try {
      return Topology.create(plugin, request.topology(), List.<Option>copyOf(request.options()));
    } catch (PjrtException e) {
      throw new CrossException(Reason.TOPOLOGY, String.valueOf(e.getMessage()));
    }
  }

  private static CrossResult result(
      CompiledProgram compiled,
      String version,
      Plugin plugin,
      List<DeviceDescription> devices,
      CrossResult.Seconds seconds) {
    int processes = (int) devices.stream().mapToInt(DeviceDescription::process).distinct().count();
    return new CrossResult(
        compiled,
        version,
        plugin.apiVersion(),
        devices.getFirst().kind(),
        devices.size(),
        processes,
        seconds);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
