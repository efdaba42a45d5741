package org.girih.runtime.host;

import java.lang.foreign.MemorySegment;
import java.nio.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.girih.runtime.artifact.DType;
import org.girih.runtime.cache.CachingCompiler;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Executable;
import org.girih.runtime.pjrt.Plugin;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginSearch;

/// A device on which programs run and arrays live. Any number of threads may use it. Arrays and
/// programs keep it alive: after close nothing new can be made with it, and its threads and memory
/// go with the last of them. A result that is never closed keeps them for good.
public final class Device implements AutoCloseable {
  private final Client client;

  /// Is made when something is compiled: to tell the plugin from others takes time.
  private CachingCompiler compiler;

  private Device(Client client) {
    this.client = client;
  }

  /// Returns the first device of the plugin that `GIRIH_PJRT_PLUGIN` or
  /// `PJRT_NAMES_AND_LIBRARY_PATHS` names; without them XLA's CPU, fetched into the cache if it is
  /// not there.
  ///
  /// @throws PluginException if there is no plugin, or it cannot be used
  public static Device open() throws PluginException {
    var cache = new PluginCache(CacheFolder.of(System.getenv()), System.err);
    return open(PluginSearch.look(Optional.empty(), System.getenv(), cache).library(cache));
  }

  /// Returns the first device of the plugin in that library.
  ///
  /// @throws PluginException if the file is not a plugin for this machine, or too old
  public static Device open(Path plugin) throws PluginException {
    return new Device(Client.create(Plugin.load(plugin)));
  }

  /// Returns the first device of a client, which belongs to the result from now on.
  public static Device of(Client client) {
    return new Device(client);
  }

  /// Returns the layer below.
  public Client client() {
    return client;
  }

  /// Copies to the device: `f32` of these dims; no dims is a scalar.
  ///
  /// @throws IllegalArgumentException if the dims do not ask for that many elements
  public DeviceArray array(float[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `f64`.
  public DeviceArray array(double[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `i32`.
  public DeviceArray array(int[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `i64`.
  public DeviceArray array(long[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `i16`.
  public DeviceArray array(short[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `i8`.
  public DeviceArray array(byte[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Does the same for `bool`.
  public DeviceArray array(boolean[] values, long... dims) {
    return copy(HostData.of(values), dims);
  }

  /// Returns a number on the device: an `f32` without axes.
  public DeviceArray scalar(float value) {
    return array(new float[] {value});
  }

  /// Does the same for `f64`.
  public DeviceArray scalar(double value) {
    return array(new double[] {value});
  }

  /// Does the same for `i32`.
  public DeviceArray scalar(int value) {
    return array(new int[] {value});
  }

  /// Does the same for `i64`.
  public DeviceArray scalar(long value) {
    return array(new long[] {value});
  }

  /// Does the same for `bool`.
  public DeviceArray scalar(boolean value) {
    return array(new boolean[] {value});
  }

  /// Copies what lies between the position and the limit of a buffer, which is as it was
  /// afterwards. A direct buffer is copied once, a heap buffer or an array twice.
  ///
  /// @param dtype one whose elements, or halves of complex ones, the buffer can hold; any for a
  ///     ByteBuffer
  /// @throws IllegalArgumentException if the dims do not ask for that many elements, or if the
  ///     buffer holds another type or another byte order than the machine's
  public DeviceArray array(DType dtype, Buffer values, long... dims) {
    HostData data = HostData.of(values);
    if (!data.holds(dtype)) {
      throw new IllegalArgumentException(
          "a buffer of " + data.what() + " holds no " + dtype.text());
    }
    return array(dtype, data.memory(), dims);
  }

  /// Copies memory: dense, last axis fastest, in the machine's byte order.
  ///
  /// @throws IllegalArgumentException if the dims do not ask for that many bytes
  public DeviceArray array(DType dtype, MemorySegment values, long... dims) {
    return new DeviceArray(
        this, client.bufferFromHost(values, new Shape(dtype.element(), dims)), false);
  }

  /// Returns a random key, as `random.key(seed)` of the language makes it: `u32[2]`.
  public DeviceArray key(long seed) {
    int[] words = {(int) (seed >>> 32), (int) seed};
    return array(DType.U32, MemorySegment.ofArray(words), 2);
  }

  /// Compiles, or takes what was compiled before from the cache on disk.
  ///
  /// @param identity all that has influence on the module
  /// @param module is asked for where it has to be compiled
  Executable compile(byte[] identity, Supplier<byte[]> module, List<Shape> inputs) {
    CachingCompiler cached = compiler();
    return cached
        .find(identity, inputs)
        .orElseGet(() -> cached.compile(module.get(), identity, inputs, "a function"));
  }

  private synchronized CachingCompiler compiler() {
    if (compiler == null) {
      compiler = CachingCompiler.of(client, 1, System.getenv(), System.err);
    }
    return compiler;
  }

  private DeviceArray copy(HostData data, long[] dims) {
    return array(data.dtype(), data.memory(), dims);
  }

  /// Closes the device; arrays and programs that are still open live on. Waits until the cache on
  /// disk has what was compiled.
  @Override
  public void close() {
    synchronized (this) {
      if (compiler != null) {
        compiler.close();
      }
    }
    client.close();
  }

  /// Returns `cpu:0`.
  @Override
  public String toString() {
    return client.devices().getFirst().toString();
  }
}
