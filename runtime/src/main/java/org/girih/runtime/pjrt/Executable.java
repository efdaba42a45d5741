package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;

/// A compiled module on one device, or partitioned over several. Any number of threads may execute
/// it at a time.
public final class Executable extends Handle {
  private final PluginDevice device;
  private final List<PluginDevice> devices;
  private final long api;
  private final long program;
  private final Shape[] parameters;
  private final Shape[] results;
  private final OptionalLong hostBytes;

  /// Whether a result has dims that only its run decides; null before the first run.
  private volatile boolean[] dynamic;

  /// The handle arrays of the last execute, for the next one.
  private final AtomicReference<HandleArrays> spare = new AtomicReference<>();

  private Executable(
      List<PluginDevice> devices,
      long loaded,
      long program,
      List<Shape> parameters,
      List<Shape> results) {
    super(loaded);
    this.devices = devices;
    this.device = devices.getFirst();
    this.api = device.client().plugin().api();
    this.program = program;
    this.parameters = parameters.toArray(Shape[]::new);
    this.results = results.toArray(Shape[]::new);
    this.hostBytes = HostMemory.need(device, ProgramReader.memory(api, program), devices.size());
    device.client().acquire();
  }

  /// Takes what `Shim.compile` returned, and destroys it if it cannot be used.
  static Executable of(
      List<PluginDevice> devices, long loaded, long program, List<Shape> parameters) {
    long api = devices.getFirst().client().plugin().api();
    try {
      return new Executable(
          devices, loaded, program, parameters, ProgramReader.results(api, program));
    } catch (PjrtException | IllegalStateException e) {
      Native.ignore(Shim.executable_destroy(api, loaded, program));
      throw e;
    }
  }

  /// Returns the first device.
  public PluginDevice device() {
    return device;
  }

  /// Returns the devices that it runs on, in the order in which the module's shardings number them.
  public List<PluginDevice> devices() {
    return devices;
  }

  /// Returns the shapes that [#execute] demands of its arguments, on each device.
  public List<Shape> parameters() {
    return List.of(parameters);
  }

  /// Returns the shapes of the results; a dim that only the run decides has its upper bound here.
  public List<Shape> results() {
    return List.of(results);
  }

  /// Starts a run and returns its results, which may not have been computed yet: a failure shows
  /// when they are read or awaited. The results belong to the caller.
  ///
  /// @param arguments one for each parameter; those that the module donates are spent afterwards
  /// @throws IllegalArgumentException if an argument is missing, superfluous, of another shape or
  ///     on another device
  /// @throws IllegalStateException if this or an argument is closed
  /// @throws PjrtException as the plugin reports, also if an argument was donated or deleted
  public Buffer[] execute(Buffer... arguments) {
    return execute(_ -> false, arguments);
  }

  /// Does the same, where some arguments are kept although the module may take their memory: the
  /// plugin then takes new memory for the result.
  ///
  /// @param kept whether the argument of this number is not given away
  public Buffer[] execute(IntPredicate kept, Buffer... arguments) {
    if (arguments.length != parameters.length) {
      throw new IllegalArgumentException(
          "the program takes " + parameters.length + " arguments, not " + arguments.length);
    }
    hostBytes.ifPresent(HostMemory::require);
    long loaded = acquire();
    HandleArrays handles = spare.getAndSet(null);
    if (handles == null) {
      handles = new HandleArrays(parameters.length, results.length);
    }
    int held = 0;
    try {
      for (; held < arguments.length; held++) {
        handles.put(held, checked(held, arguments[held]).acquire());
      }
      int keeps = handles.keep(arguments.length, kept);
      Native.check(
          Shim.execute(
              api,
              loaded,
              handles.arguments(),
              arguments.length,
              handles.results(),
              handles.kept(),
              keeps));
      return take(handles);
    } finally {
      for (int i = 0; i < held; i++) {
        arguments[i].release();
      }
      spare.setRelease(handles);
      release();
    }
  }

  /// Starts a run on all devices and returns the results of each, as [#execute] does for one.
  ///
  /// @param arguments for each device its part of each parameter
  public Buffer[][] executeAll(Buffer[][] arguments) {
    if (arguments.length != devices.size()) {
      throw new IllegalArgumentException(
          "the program runs on " + devices.size() + " devices, not " + arguments.length);
    }
    hostBytes.ifPresent(HostMemory::require);
    long loaded = acquire();
    var held = new ArrayList<Buffer>();
    try (var arena = Arena.ofConfined()) {
      int count = parameters.length;
      MemorySegment in = arena.allocate(JAVA_LONG, Math.max(1, (long) count * arguments.length));
      MemorySegment out =
          arena.allocate(JAVA_LONG, Math.max(1, (long) results.length * arguments.length));
      for (int d = 0; d < arguments.length; d++) {
        if (arguments[d].length != count) {
          throw new IllegalArgumentException(
              "the program takes " + count + " arguments, not " + arguments[d].length);
        }
        for (int i = 0; i < count; i++) {
          Buffer argument = checked(i, arguments[d][i], devices.get(d));
          in.setAtIndex(JAVA_LONG, (long) d * count + i, argument.acquire());
          held.add(argument);
        }
      }
      Native.check(
          Shim.execute_all(
              api, loaded, arguments.length, in.address(), count, out.address(), results.length));
      var parts = new Buffer[arguments.length][results.length];
      for (int d = 0; d < parts.length; d++) {
        for (int i = 0; i < results.length; i++) {
          long handle = out.getAtIndex(JAVA_LONG, (long) d * results.length + i);
          parts[d][i] = Buffer.of(devices.get(d), handle, results[i]);
        }
      }
      return parts;
    } finally {
      held.forEach(Buffer::release);
      release();
    }
  }

  private Buffer checked(int index, Buffer argument) {
    return checked(index, argument, device);
  }

  private Buffer checked(int index, Buffer argument, PluginDevice device) {
    if (argument == null) {
      throw new IllegalArgumentException("argument " + index + " is null");
    }
    if (argument.device() != device) {
      throw new IllegalArgumentException(
          "argument " + index + " is on another device than the program");
    }
    Shape shape = argument.shape();
    if (!shape.equals(parameters[index])) {
      throw new IllegalArgumentException(
          "argument " + index + " is " + shape + ", the program takes " + parameters[index]);
    }
    return argument;
  }

  private Buffer[] take(HandleArrays handles) {
    if (dynamic == null) {
      dynamic = askDynamic(handles);
    }
    var buffers = new Buffer[results.length];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] =
          dynamic[i]
              ? Buffer.upTo(device, handles.result(i), results[i])
              : Buffer.of(device, handles.result(i), results[i]);
    }
    return buffers;
  }

  private boolean[] askDynamic(HandleArrays handles) {
    var answer = new boolean[results.length];
    try (var arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      for (int i = 0; i < answer.length; i++) {
        Native.check(Shim.buffer_dynamic(api, handles.result(i), out.address()));
        answer[i] = out.get(JAVA_LONG, 0) != 0;
      }
    }
    return answer;
  }

  /// The program that the plugin made of the module.
  ///
  /// @param format `hlo` (an `HloModuleProto`) or `hlo_with_config` (one with its configuration)
  /// @param code the bytes
  public record Optimized(String format, byte[] code) {}

  /// Returns the module as the compiler's passes left it.
  public Optimized optimized() {
    acquire();
    try {
      return ProgramReader.optimized(api, program);
    } finally {
      release();
    }
  }

  /// Returns the compiled program as bytes, for [Client#load] in this or another process of the
  /// same plugin on a CPU with the same features.
  ///
  /// @throws PjrtException with [StatusCode#UNIMPLEMENTED] if the plugin cannot
  public byte[] serialized() {
    acquire();
    try {
      return ProgramReader.serialized(api, program);
    } finally {
      release();
    }
  }

  /// Bytes on the device that a run takes.
  ///
  /// @param arguments all arguments
  /// @param results all results
  /// @param aliased the part of the results that lies in donated arguments
  /// @param temporaries the most that is in use in between
  /// @param code the machine code
  /// @param peak the most that is in use at a time, arguments and results included; 0 where the
  ///     plugin does not report it
  public record Memory(
      long arguments, long results, long aliased, long temporaries, long code, long peak) {
    /// Returns the most that a run takes at a time, without the code.
    public long total() {
      return Math.max(peak, arguments + results - aliased + temporaries);
    }
  }

  /// Returns what the compiler planned.
  public Memory memory() {
    acquire();
    try {
      return ProgramReader.memory(api, program);
    } finally {
      release();
    }
  }

  /// The work that the compiler expects of a run. A loop whose trips it does not know counts once.
  ///
  /// @param flops floating-point operations; NaN where the plugin does not report it, as below
  /// @param transcendentals exponentials, logarithms, sines and their like
  /// @param bytes read and written
  public record Cost(double flops, double transcendentals, double bytes) {}

  /// Returns what the compiler expects.
  public Cost cost() {
    acquire();
    try {
      return ProgramReader.cost(api, program);
    } finally {
      release();
    }
  }

  /// Returns all that the plugin reports of the executable.
  public CompiledProgram compiled() {
    acquire();
    try {
      return CompiledProgram.read(api, program);
    } finally {
      release();
    }
  }

  @Override
  void destroy(long loaded) {
    Native.ignore(Shim.executable_destroy(api, loaded, program));
    device.client().release();
  }

  @Override
  String what() {
    return "the executable";
  }
}
