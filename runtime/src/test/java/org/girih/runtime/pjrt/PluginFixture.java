package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.girih.runtime.plugin.CacheFolder;
import org.girih.runtime.plugin.InstalledPlugin;
import org.girih.runtime.plugin.PluginCache;
import org.girih.runtime.plugin.PluginException;
import org.girih.runtime.plugin.PluginPackage;

/// What the tests of the binding share: the plugin, the modules of `make_modules.py`, and arrays.
final class PluginFixture {
  private PluginFixture() {}

  static InstalledPlugin installed(PluginPackage which) {
    try {
      return new PluginCache(CacheFolder.of(System.getenv()), System.err).require(which);
    } catch (PluginException e) {
      throw new AssertionError(e.getMessage() + "; " + e.help(), e);
    }
  }

  static Plugin plugin(PluginPackage which) {
    try {
      return Plugin.load(installed(which).library());
    } catch (PluginException e) {
      throw new AssertionError(e.getMessage() + "; " + e.help(), e);
    }
  }

  static byte[] module(String name) {
    try (var in = PluginFixture.class.getResourceAsStream(name + ".hlo.bin")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Shape f32(long... dims) {
    return new Shape(ElementType.F32, dims);
  }

  static Executable compile(Client client, String module, Shape... parameters) {
    return client.compile(module(module), List.of(parameters));
  }

  static Buffer buffer(Client client, float... values) {
    return client.bufferFromHost(MemorySegment.ofArray(values), f32(values.length));
  }

  static Buffer scalar(Client client, float value) {
    return client.bufferFromHost(MemorySegment.ofArray(new float[] {value}), f32());
  }

  static float[] floats(Buffer buffer) {
    try (var arena = Arena.ofConfined()) {
      return buffer.toHost(arena).toArray(JAVA_FLOAT);
    }
  }
}
