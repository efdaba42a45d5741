package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// A plugin's runtime with its devices. Buffers and executables keep it alive: after close nothing
/// new can be made with it, and it is destroyed with the last of them.
public final class Client extends Handle {
  private static final String CPU_DEVICES = "cpu_device_count";

  /// The oldest CPU plugin that was seen to compute right with donated arguments. API 0.81 gets
  /// `x @ x + x` wrong when it is applied to its own result again and again.
  private static final int DONATING_MINOR = 106;

  private final Plugin plugin;
  private final String platform;
  private final String platformVersion;
  private final List<PluginDevice> devices;
  private final boolean calls;

  private Client(Plugin plugin, long address) {
    super(address);
    this.plugin = plugin;
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 6);
      Native.check(Shim.client_describe(plugin.api(), address, out.address()));
      long[] o = out.toArray(JAVA_LONG);
      platform = Native.string(o[0], o[1]);
      platformVersion = Native.string(o[2], o[3]);
      MemorySegment addresses = Native.memory(o[4], o[5] * JAVA_LONG.byteSize());
      devices =
          IntStream.range(0, (int) o[5])
              .mapToObj(i -> addresses.getAtIndex(JAVA_LONG, i))
              .map(device -> PluginDevice.describe(this, plugin.api(), device))
              .toList();
    } catch (PjrtException e) {
      Native.ignore(Shim.client_destroy(plugin.api(), address));
      throw e;
    }
    if (platform.equals("cpu")) {
      try (var arena = Arena.ofConfined()) {
        long failure = Shim.handlers_register(plugin.api(), arena.allocateFrom("Host").address());
        calls = failure == 0;
        Native.ignore(failure); // A program that needs them is refused, and told so.
      }
    } else {
      calls = false; // Their arguments would be in the device's memory.
    }
    if (devices.isEmpty()) {
      Native.ignore(Shim.client_destroy(plugin.api(), address));
      throw new PjrtException(StatusCode.UNAVAILABLE, "the plugin sees no device");
    }
  }

  /// Returns a client with one device on the CPU plugins, and with the devices there are on others.
  public static Client create(Plugin plugin) {
    return create(plugin, 1);
  }

  /// Returns a client with that many devices on the CPU plugins, and with the devices there are on
  /// others.
  public static Client create(Plugin plugin, int devices) {
    // What is asked of a plugin whose platform is not known yet, until one of them is accepted:
    // devices of the CPU; memory of a GPU when it is needed, not most of it at once; nothing.
    List<List<Option>> requests =
        List.of(
            List.of(new Option.Number(CPU_DEVICES, devices)),
            List.of(new Option.Flag("preallocate", false)),
            List.of());
    if (devices < 1) {
      throw new IllegalArgumentException(CPU_DEVICES + " must be positive");
    }
    PjrtException refused = null;
    for (List<Option> options : requests) {
      try {
        return create(plugin, options);
      } catch (PjrtException e) {
        // A plugin for another kind of device refuses the option.
        if (e.code() != StatusCode.INVALID_ARGUMENT && e.code() != StatusCode.UNIMPLEMENTED) {
          throw e;
        }
        refused = e;
      }
    }
    throw refused;
  }

  /// Returns a client made with integer options that the plugin defines, such as
  /// `cpu_device_count`.
  public static Client create(Plugin plugin, Map<String, Long> options) {
    if (options.getOrDefault(CPU_DEVICES, 1L) < 1) {
      throw new IllegalArgumentException(CPU_DEVICES + " must be positive");
    }
    return create(
        plugin,
        options.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .<Option>map(e -> new Option.Number(e.getKey(), e.getValue()))
            .toList());
  }

  /// Returns a client made with options that the plugin defines.
  public static Client create(Plugin plugin, List<Option> options) {
    try (var arena = Arena.ofConfined()) {
      var given = Option.Arrays.of(arena, options);
      MemorySegment out = arena.allocate(JAVA_LONG);
      Native.check(
          Shim.client_create(
              plugin.api(),
              given.names(),
              given.values(),
              given.kinds(),
              options.size(),
              out.address()));
      return new Client(plugin, out.get(JAVA_LONG, 0));
    }
  }

  public Plugin plugin() {
    return plugin;
  }

  /// Returns `cpu`, `cuda`, `tpu`.
  public String platform() {
    return platform;
  }

  /// Returns whether results may take the memory of arguments: the plugin has it and computes
  /// right.
  public boolean donates() {
    return !platform.equals("cpu") || plugin.apiMinor() >= DONATING_MINOR;
  }

  /// Returns whether compiled programs may call Girih's foreign functions: `girih.print`,
  /// `girih.factor`.
  public boolean calls() {
    return calls;
  }

  /// Returns the version of its platform, as the plugin reports it.
  public String platformVersion() {
    return platformVersion;
  }

  /// Returns the devices of this process, at least one.
  public List<PluginDevice> devices() {
    return devices;
  }

  /// Compiles a module for the first device.
  ///
  /// @see #compile(byte[], List, CompileOptions)
  public Executable compile(byte[] hloModuleProto, List<Shape> parameters) {
    return compile(hloModuleProto, parameters, new CompileOptions(devices.getFirst()));
  }

  /// Compiles a module, on a thread of its own with a large stack.
  ///
  /// @param hloModuleProto the bytes of an `HloModuleProto`; the plugin trusts them, so they must
  ///     have been verified
  /// @param parameters the parameters of its entry computation, against which arguments are checked
  /// @throws PjrtException as the plugin refused the module
  /// @throws java.util.concurrent.CancellationException if the calling thread is interrupted; the
  ///     plugin finishes in the background, and what it made is destroyed
  public Executable compile(byte[] hloModuleProto, List<Shape> parameters, CompileOptions options) {
    for (PluginDevice device : options.devices()) {
      if (device.client() != this) {
        throw new IllegalArgumentException(device + " is a device of another client");
      }
    }
    LapackLibrary.need(hloModuleProto, platform, calls);
    return Compilation.run(this, hloModuleProto, List.copyOf(parameters), options);
  }

  /// Compiles a module for any number of devices, only to read what was made.
  ///
  /// @param options the devices must be this client's
  /// @throws PjrtException as the plugin refused the module
  public CompiledProgram compiled(byte[] hloModuleProto, CompileOptions options) {
    if (options.device().client() != this) {
      throw new IllegalArgumentException(options.device() + " is a device of another client");
    }
    try (var executable = Compilation.run(this, hloModuleProto, List.of(), options)) {
      return executable.compiled();
    }
  }

  /// Makes an executable of what [Executable#serialized] returned.
  ///
  /// The plugin trusts the bytes, and those of another plugin or for another CPU may load and fail
  /// when executed: the caller must know that they are whole and were made by this plugin.
  ///
  /// @param parameters those that the module was compiled for
  /// @throws PjrtException as the plugin refused the bytes
  public Executable load(byte[] serialized, List<Shape> parameters) {
    return load(serialized, parameters, List.of(devices.getFirst()));
  }

  /// Does the same for a program that was compiled for several devices.
  ///
  /// @param on the devices that it was compiled for, in their order
  public Executable load(byte[] serialized, List<Shape> parameters, List<PluginDevice> on) {
    if (serialized.length == 0) {
      throw new PjrtException(StatusCode.INVALID_ARGUMENT, "the serialised program is empty");
    }
    LapackLibrary.need(serialized, platform, calls);
    long client = acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_BYTE, serialized);
      MemorySegment out = arena.allocate(JAVA_LONG, 2);
      long failure =
          Shim.load(plugin.api(), client, code.address(), serialized.length, out.address());
      long loaded = out.getAtIndex(JAVA_LONG, 0);
      long executable = out.getAtIndex(JAVA_LONG, 1);
      if (failure != 0) {
        Native.ignore(Shim.executable_destroy(plugin.api(), loaded, executable));
        throw Native.take(failure);
      }
      return Executable.of(List.copyOf(on), loaded, executable, List.copyOf(parameters));
    } finally {
      release();
    }
  }

  /// Copies an array to the first device.
  ///
  /// @see #bufferFromHost(MemorySegment, Shape, PluginDevice)
  public Buffer bufferFromHost(MemorySegment data, Shape shape) {
    return bufferFromHost(data, shape, devices.getFirst());
  }

  /// Copies an array to a device; `data` may be changed or freed after the call.
  ///
  /// @param data the dense array, last axis fastest, exactly as long as the shape needs; of the
  ///     Java heap or native
  /// @throws PjrtException as the plugin reports, also if there is no memory for the copy
  public Buffer bufferFromHost(MemorySegment data, Shape shape, PluginDevice device) {
    if (device.client() != this) {
      throw new IllegalArgumentException(device + " is a device of another client");
    }
    if (data.byteSize() != shape.byteSize()) {
      throw new IllegalArgumentException(
          shape + " needs " + shape.byteSize() + " bytes, there are " + data.byteSize());
    }
    if (platform.equals("cpu")) {
      HostMemory.require(shape.byteSize());
    }
    long client = acquire();
    try (var arena = Arena.ofConfined()) {
      MemorySegment dims = arena.allocateFrom(JAVA_LONG, shape.dims());
      MemorySegment out = arena.allocate(JAVA_LONG);
      MemorySegment source = data;
      if (!data.isNative() || data.byteSize() == 0) {
        source = arena.allocate(Math.max(1, data.byteSize()), 64);
        MemorySegment.copy(data, 0, source, 0, data.byteSize());
      } else {
        data.get(ValueLayout.JAVA_BYTE, 0); // alive, and open to this thread?
      }
      long failure =
          Shim.buffer_from_host(
              plugin.api(),
              client,
              device.address(),
              source.address(),
              shape.elementType().number(),
              dims.address(),
              shape.rank(),
              out.address());
      java.lang.ref.Reference.reachabilityFence(data);
      long buffer = out.get(JAVA_LONG, 0);
      if (failure != 0) {
        if (buffer != 0) {
          Native.ignore(Shim.buffer_destroy(plugin.api(), buffer));
        }
        throw Native.take(failure);
      }
      return Buffer.of(device, buffer, shape);
    } finally {
      release();
    }
  }

  /// Copies an array to several devices, to each its part.
  ///
  /// @param data the dense array, last axis fastest
  /// @param devices in the order in which the sharding counts them
  public ShardedArray scatter(
      MemorySegment data, Shape shape, Sharding sharding, List<PluginDevice> devices) {
    if (devices.size() != sharding.devices()) {
      throw new IllegalArgumentException(
          sharding.devices() + " parts for " + devices.size() + " devices");
    }
    if (data.byteSize() != shape.byteSize()) {
      throw new IllegalArgumentException(
          shape + " needs " + shape.byteSize() + " bytes, there are " + data.byteSize());
    }
    Shape part = sharding.part(shape);
    var parts = new Buffer[devices.size()];
    try (var arena = Arena.ofConfined()) {
      for (int i = 0; i < parts.length; i++) {
        MemorySegment piece = data;
        if (!sharding.whole()) {
          piece = arena.allocate(Math.max(1, part.byteSize()), 64).asSlice(0, part.byteSize());
          sharding.cut(data, shape, i, piece);
        }
        parts[i] = bufferFromHost(piece, part, devices.get(i));
      }
      return new ShardedArray(shape, sharding, parts);
    } catch (PjrtException e) {
      for (Buffer each : parts) {
        if (each != null) {
          each.close();
        }
      }
      throw e;
    }
  }

  @Override
  void destroy(long address) {
    Native.ignore(Shim.client_destroy(plugin.api(), address));
  }

  @Override
  String what() {
    return "the client of " + plugin.library().getFileName();
  }
}
