package org.girih.runtime.pjrt;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.girih.runtime.pjrt.PluginFixture.buffer;
import static org.girih.runtime.pjrt.PluginFixture.compile;
import static org.girih.runtime.pjrt.PluginFixture.f32;
import static org.girih.runtime.pjrt.PluginFixture.floats;
import static org.girih.runtime.pjrt.PluginFixture.module;
import static org.girih.runtime.pjrt.PluginFixture.scalar;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.girih.runtime.plugin.PluginPackage;
import org.girih.runtime.status.PjrtException;
import org.girih.runtime.status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Modules run on a plugin: results, layouts, dynamic dims, donation.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExecuteTest {
  private Client client;

  PluginPackage plugin() {
    return PluginPackage.CPU;
  }

  @BeforeAll
  void open() {
    client = Client.create(PluginFixture.plugin(plugin()));
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void clientDescribesItself() {
    assertEquals("cpu", client.platform());
    assertEquals(1, client.devices().size());
    assertFalse(client.devices().getFirst().kind().isBlank());
    assertTrue(client.devices().getFirst().memory().isEmpty());
    assertEquals(0, client.plugin().apiMajor());
    int minor = plugin() == PluginPackage.CPU_81 ? 81 : plugin() == PluginPackage.CPU ? 115 : 106;
    assertEquals(minor, client.plugin().apiMinor());
    assertEquals(minor > 81, client.donates(), "0.81 computes wrongly in donated memory");
  }

  @Test
  void addsTwoArrays() {
    try (var add = compile(client, "add", f32(3), f32(3));
        var x = buffer(client, 1, 2, 3);
        var y = buffer(client, 10, 20, 30);
        var sum = add.execute(x, y)[0]) {
      assertEquals(List.of(f32(3)), add.results());
      assertEquals(f32(3), sum.shape());
      assertArrayEquals(new float[] {11, 22, 33}, floats(sum));
    }
  }

  @Test
  void runsWhatWasSerialized() {
    byte[] bytes;
    try (var add = compile(client, "add", f32(3), f32(3))) {
      bytes = add.serialized();
    }
    try (var add = client.load(bytes, List.of(f32(3), f32(3)));
        var x = buffer(client, 1, 2, 3);
        var y = buffer(client, 10, 20, 30);
        var sum = add.execute(x, y)[0]) {
      assertEquals(List.of(f32(3)), add.results());
      assertArrayEquals(new float[] {11, 22, 33}, floats(sum));
    }
    assertThrows(PjrtException.class, () -> client.load(new byte[0], List.of()));
  }

  @Test
  void addsScalars() {
    try (var add = compile(client, "add_scalar", f32(), f32());
        var x = scalar(client, 1.5f);
        var sum = add.execute(x, x)[0]) {
      assertEquals(0, sum.shape().rank());
      assertArrayEquals(new float[] {3}, floats(sum));
    }
  }

  @Test
  void givesSeveralResults() {
    try (var program = compile(client, "two_results", f32(3));
        var x = buffer(client, 1, 2, 3)) {
      Buffer[] results = program.execute(x);
      assertEquals(
          List.of(f32(3), new Shape(ElementType.PRED, 3), f32()),
          List.of(results[0].shape(), results[1].shape(), results[2].shape()));
      assertArrayEquals(new float[] {2, 4, 6}, floats(results[0]));
      try (var arena = Arena.ofConfined()) {
        assertArrayEquals(new byte[] {0, 1, 1}, results[1].toHost(arena).toArray(JAVA_BYTE));
      }
      assertArrayEquals(new float[] {6}, floats(results[2]));
      for (Buffer result : results) {
        result.close();
      }
    }
  }

  @Test
  void runsOnEmptyArrays() {
    try (var program = compile(client, "empty", f32(0, 4));
        var x = client.bufferFromHost(MemorySegment.ofArray(new float[0]), f32(0, 4));
        var y = program.execute(x)[0]) {
      assertEquals(f32(0, 4), y.shape());
      assertArrayEquals(new float[0], floats(y));
    }
  }

  @Test
  void readsRowMajorWhateverTheLayout() {
    try (var program = compile(client, "column_major", f32(2, 3));
        var x =
            client.bufferFromHost(
                MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5, 6}), f32(2, 3));
        var y = program.execute(x)[0]) {
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, floats(y));
    }
  }

  @Test
  void dynamicResultHasTheDimsOfItsRun() {
    try (var program = compile(client, "dynamic", f32(2, 5), new Shape(ElementType.S32));
        var x =
            client.bufferFromHost(
                MemorySegment.ofArray(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), f32(2, 5))) {
      assertEquals(List.of(f32(2, 5)), program.results());
      for (int n : new int[] {3, 0, 5}) {
        try (var size =
                client.bufferFromHost(
                    MemorySegment.ofArray(new int[] {n}), new Shape(ElementType.S32));
            var y = program.execute(x, size)[0]) {
          assertEquals(f32(2, n), y.shape());
          var expected = new ArrayList<Float>();
          for (int row = 0; row < 2; row++) {
            for (int column = 0; column < n; column++) {
              expected.add(5f * row + column + 1);
            }
          }
          var read = new ArrayList<Float>();
          for (float value : floats(y)) {
            read.add(value);
          }
          assertEquals(expected, read);
        }
      }
    }
  }

  @Test
  void everyElementTypeComesBackAsItWent() {
    var types =
        List.of(
            ElementType.PRED,
            ElementType.S4,
            ElementType.S8,
            ElementType.S16,
            ElementType.S32,
            ElementType.U4,
            ElementType.U8,
            ElementType.U16,
            ElementType.U32,
            ElementType.F16,
            ElementType.BF16,
            ElementType.F32,
            ElementType.C64,
            ElementType.F8E4M3FN,
            ElementType.F8E5M2,
            ElementType.F8E4M3B11FNUZ,
            ElementType.F8E4M3FNUZ,
            ElementType.F8E5M2FNUZ);
    Shape[] shapes = types.stream().map(t -> new Shape(t, 2)).toArray(Shape[]::new);
    try (var arena = Arena.ofConfined();
        var identity = compile(client, "many_types", shapes)) {
      assertEquals(List.of(shapes), identity.results());
      var arguments = new Buffer[shapes.length];
      for (int i = 0; i < shapes.length; i++) {
        arguments[i] = client.bufferFromHost(ones(shapes[i]), shapes[i]);
      }
      Buffer[] results = identity.execute(arguments);
      for (int i = 0; i < shapes.length; i++) {
        assertArrayEquals(
            ones(shapes[i]).toArray(JAVA_BYTE),
            results[i].toHost(arena).toArray(JAVA_BYTE),
            shapes[i].toString());
        results[i].close();
        arguments[i].close();
      }
    }
  }

  /// Bytes 0 and 1 in turn: valid for each type, and for `pred` the only valid ones.
  private static MemorySegment ones(Shape shape) {
    var bytes = new byte[(int) shape.byteSize()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i % 2);
    }
    return MemorySegment.ofArray(bytes);
  }

  @Test
  void donatedArgumentIsSpent() {
    var values = new float[1000];
    try (var increment = compile(client, "increment_donated", f32(1000));
        var x = buffer(client, values);
        var y = increment.execute(x)[0]) {
      assertTrue(x.isDeleted());
      assertFalse(y.isDeleted());
      assertEquals(1f, floats(y)[999]);
      var again = assertThrows(PjrtException.class, () -> increment.execute(x));
      assertEquals(StatusCode.INVALID_ARGUMENT, again.code());
      assertEquals("argument 0 was donated or deleted", again.getMessage());
      assertThrows(PjrtException.class, () -> floats(x));
    }
  }

  @Test
  void anArgumentThatIsKeptIsNotSpent() {
    try (var increment = compile(client, "increment_donated", f32(1000));
        var x = buffer(client, new float[1000]);
        var y = increment.execute(i -> i == 0, x)[0];
        var z = increment.execute(_ -> true, x)[0]) {
      assertFalse(x.isDeleted());
      assertEquals(0f, floats(x)[999]);
      assertEquals(1f, floats(y)[999]);
      assertEquals(1f, floats(z)[999]);
      // What one run keeps, another may take.
      increment.execute(x)[0].close();
      assertTrue(x.isDeleted());
    }
  }

  @Test
  void deletedBufferIsACleanError() {
    try (var add = compile(client, "add", f32(3), f32(3));
        var x = buffer(client, 1, 2, 3)) {
      x.delete();
      assertTrue(x.isDeleted());
      assertThrows(PjrtException.class, () -> add.execute(x, x));
      assertThrows(PjrtException.class, () -> floats(x));
      assertThrows(PjrtException.class, x::await);
    }
  }

  @Test
  void sameBufferDonatedAndUsedIsACleanError() {
    try (var add = compile(client, "add_donated", f32(3), f32(3));
        var x = buffer(client, 1, 2, 3)) {
      assertThrows(PjrtException.class, () -> add.execute(x, x));
    }
  }

  @Test
  void resultTooLargeForTheMachineIsRefused() {
    try (var huge = compile(client, "huge", f32());
        var x = scalar(client, 1)) {
      assertEquals(1L << 36, huge.memory().results());
      var refused = assertThrows(PjrtException.class, () -> huge.execute(x));
      assertEquals(StatusCode.RESOURCE_EXHAUSTED, refused.code());
    }
  }

  @Test
  void costOfAnAddition() {
    try (var add = compile(client, "add", f32(3), f32(3))) {
      // Later ones do not say.
      boolean says = plugin() == PluginPackage.CPU_81;
      var cost = add.cost();
      assertEquals(says ? 3 : Double.NaN, cost.flops());
      assertEquals(says ? 0 : Double.NaN, cost.transcendentals());
      assertEquals(says ? 3 * 3 * 4 : Double.NaN, cost.bytes());
    }
  }

  @Test
  void optimizedModuleIsGiven() {
    try (var add = compile(client, "add", f32(3), f32(3))) {
      Executable.Optimized optimized = add.optimized();
      assertTrue(List.of("hlo", "hlo_with_config").contains(optimized.format()));
      String bytes = new String(optimized.code(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertTrue(bytes.contains("parameter"), "it names its parameters");
    }
  }

  @Test
  void malformedModuleIsACleanError() {
    for (byte[] bad : List.of(new byte[0], new byte[] {1, 2, 3}, "HloModule x".getBytes())) {
      assertThrows(PjrtException.class, () -> client.compile(bad, List.of()));
    }
    byte[] cut = java.util.Arrays.copyOf(module("add"), 100);
    assertThrows(PjrtException.class, () -> client.compile(cut, List.of(f32(3), f32(3))));
  }
}
