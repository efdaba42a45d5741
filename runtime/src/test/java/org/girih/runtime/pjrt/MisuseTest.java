package org.girih.runtime.pjrt;

import static org.girih.runtime.pjrt.PluginFixture.buffer;
import static org.girih.runtime.pjrt.PluginFixture.compile;
import static org.girih.runtime.pjrt.PluginFixture.f32;
import static org.girih.runtime.pjrt.PluginFixture.floats;
import static org.girih.runtime.pjrt.PluginFixture.module;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Every wrong use is an exception with a reason, and the process lives.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MisuseTest {
  private Plugin plugin;
  private Client client;
  private Executable add;

  @BeforeAll
  void open() {
    plugin = PluginFixture.plugin(PluginPackage.CPU);
    client = Client.create(plugin, Map.of("cpu_device_count", 2L));
    add = compile(client, "add", f32(3), f32(3));
  }

  @AfterAll
  void close() {
    add.close();
    client.close();
  }

  private void refused(String message, Buffer... arguments) {
    var e = assertThrows(IllegalArgumentException.class, () -> add.execute(arguments));
    assertEquals(message, e.getMessage());
  }

  @Test
  void wrongArgumentsAreRefusedBeforeTheRun() {
    PluginDevice second = client.devices().get(1);
    MemorySegment data = MemorySegment.ofArray(new float[3]);
    try (var x = buffer(client, 1, 2, 3);
        var longer = buffer(client, 1, 2, 3, 4);
        var matrix = client.bufferFromHost(data, f32(1, 3));
        var integers = client.bufferFromHost(data, new Shape(ElementType.S32, 3));
        var elsewhere = client.bufferFromHost(data, f32(3), second);
        var other = Client.create(plugin);
        var foreign = buffer(other, 1, 2, 3)) {
      refused("the program takes 2 arguments, not 0");
      refused("the program takes 2 arguments, not 1", x);
      refused("the program takes 2 arguments, not 3", x, x, x);
      refused("argument 1 is null", x, null);
      refused("argument 1 is f32[4], the program takes f32[3]", x, longer);
      // PJRT itself takes the next two: it compares nothing but the number of bytes.
      refused("argument 0 is f32[1,3], the program takes f32[3]", matrix, x);
      refused("argument 0 is s32[3], the program takes f32[3]", integers, x);
      refused("argument 1 is on another device than the program", x, elsewhere);
      refused("argument 0 is on another device than the program", foreign, x);
      try (var sum = add.execute(x, x)[0]) {
        assertArrayEquals(new float[] {2, 4, 6}, floats(sum), "a refusal spoils nothing");
      }
    }
  }

  @Test
  void programRunsOnTheDeviceItWasCompiledFor() {
    PluginDevice second = client.devices().get(1);
    var options = new CompileOptions(second);
    try (var there = client.compile(module("add"), List.of(f32(3), f32(3)), options);
        var x =
            client.bufferFromHost(MemorySegment.ofArray(new float[] {1, 2, 3}), f32(3), second);
        var sum = there.execute(x, x)[0]) {
      assertEquals(second, sum.device());
      assertArrayEquals(new float[] {2, 4, 6}, floats(sum));
    }
  }

  @Test
  void deviceOfAnotherClientIsRefused() {
    try (var other = Client.create(plugin)) {
      PluginDevice device = other.devices().getFirst();
      MemorySegment data = MemorySegment.ofArray(new float[3]);
      assertThrows(
          IllegalArgumentException.class, () -> client.bufferFromHost(data, f32(3), device));
      var options = new CompileOptions(device);
      assertThrows(
          IllegalArgumentException.class,
          () -> client.compile(module("add"), List.of(f32(3), f32(3)), options));
    }
  }

  @Test
  void hostMemoryMustFitExactly() {
    assertThrows(
        IllegalArgumentException.class,
        () -> client.bufferFromHost(MemorySegment.ofArray(new float[2]), f32(3)));
    try (var x = buffer(client, 1, 2, 3)) {
      assertThrows(
          IllegalArgumentException.class, () -> x.toHost(MemorySegment.ofArray(new float[4])));
      MemorySegment readOnly = MemorySegment.ofArray(new float[3]).asReadOnly();
      assertThrows(IllegalArgumentException.class, () -> x.toHost(readOnly));
      var arena = Arena.ofConfined();
      MemorySegment gone = arena.allocate(12);
      arena.close();
      assertThrows(IllegalStateException.class, () -> x.toHost(gone));
      assertThrows(IllegalStateException.class, () -> client.bufferFromHost(gone, f32(3)));
    }
  }

  @Test
  void impossibleShapesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> f32(-1));
    assertThrows(IllegalArgumentException.class, () -> f32(1L << 40, 1L << 40));
    assertThrows(IllegalArgumentException.class, () -> f32(0, 1L << 62, 8));
    assertEquals(0, f32(0, 1L << 32).byteSize());
    assertEquals(16, new Shape(ElementType.C128).byteSize());
    assertEquals(5, new Shape(ElementType.S4, 5).byteSize());
  }

  @Test
  void impossibleDeviceCountsAreRefused() {
    var none = Map.of("cpu_device_count", 0L);
    assertThrows(IllegalArgumentException.class, () -> Client.create(plugin, none));
  }

  @Test
  void secondCloseDoesNothing() {
    var x = buffer(client, 1, 2, 3);
    x.close();
    x.close();
    assertTrue(x.isClosed());
    var own = Client.create(plugin);
    var program = compile(own, "add", f32(3), f32(3));
    program.close();
    program.close();
    own.close();
    own.close();
  }

  @Test
  void useAfterCloseIsAnException() {
    var x = buffer(client, 1, 2, 3);
    x.close();
    assertThrows(IllegalStateException.class, () -> floats(x));
    assertThrows(IllegalStateException.class, x::await);
    assertThrows(IllegalStateException.class, x::delete);
    assertThrows(IllegalStateException.class, x::isDeleted);
    assertThrows(IllegalStateException.class, () -> add.execute(x, x));

    var own = Client.create(plugin);
    var program = compile(own, "add", f32(3), f32(3));
    var y = buffer(own, 1, 2, 3);
    program.close();
    assertThrows(IllegalStateException.class, () -> program.execute(y, y));
    assertThrows(IllegalStateException.class, program::optimized);
    assertThrows(IllegalStateException.class, program::memory);
    own.close();
    assertThrows(IllegalStateException.class, () -> compile(own, "add", f32(3), f32(3)));
    assertThrows(IllegalStateException.class, () -> buffer(own, 1));
    assertThrows(IllegalStateException.class, () -> own.devices().getFirst().memory());
    assertArrayEquals(new float[] {1, 2, 3}, floats(y), "what it made lives until its own close");
    y.close();
  }

  @Test
  void interruptedCompilationIsCancelled() throws InterruptedException {
    var thrown = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              try {
                compile(client, "add", f32(3), f32(3)).close();
              } catch (RuntimeException e) {
                thrown.set(e);
              }
            });
    thread.start();
    thread.join();
    assertInstanceOf(CancellationException.class, thrown.get());
  }
}
