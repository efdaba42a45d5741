import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import bench.Mlp;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;

/// Calls a small perceptron again and again, through the class that Girih generated and through
/// ONNX Runtime. Prints `NAME nanoseconds a call` for each round, `NAME.heap bytes` that a call
/// allocates on the Java heap, and the results as `= NAME values`.
///
/// Arguments: the ONNX model, rounds, calls; or `long`, and the number of calls; or `copies`, one
/// of `device`, `array`, `buffer`, and the number of calls, which a plugin counts.
final class Calls {
  private static final int THREADS = 64;
  private static final float[] X = {0, 1, 2, 3, 4, 5, 6, 7};

  interface Body {
    void run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    try (var device = Device.open();
        var mlp = Mlp.load(device);
        var x = device.array(X, 8)) {
      if (args[0].equals("long")) {
        grow(mlp, x, Long.parseLong(args[1]));
        return;
      }
      if (args[0].equals("copies")) {
        copies(mlp, x, args[1], Integer.parseInt(args[2]));
        return;
      }
      int rounds = Integer.parseInt(args[1]);
      int calls = Integer.parseInt(args[2]);
      var direct = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder()).asFloatBuffer();
      direct.put(X).flip();
      var out = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder()).asFloatBuffer();
      OrtEnvironment env = OrtEnvironment.getEnvironment();
      var options = new OrtSession.SessionOptions();
      options.setIntraOpNumThreads(1);
      try (OrtSession session = env.createSession(args[0], options);
          OnnxTensor tensor = OnnxTensor.createTensor(env, direct, new long[] {8})) {
        show("device", mlp.mlp(x).floats());
        show("ort", ort(session, tensor));
        measure(
            "girih device to device",
            rounds,
            calls,
            () -> {
              try (var y = mlp.mlp(x)) {
                y.await();
              }
            });
        measure("girih float[] to float[]", rounds, calls, () -> mlp.mlp(X));
        measure(
            "girih buffer to buffer",
            rounds,
            calls,
            () -> {
              try (var call = mlp.program().function("mlp").prepare();
                  var y = call.add(direct).run()[0]) {
                y.copyTo(out.clear());
              }
            });
        measure(
            "ort tensor to tensor",
            rounds,
            calls,
            () -> {
              try (var result = session.run(Map.of("x", tensor))) {
                result.get(0);
              }
            });
        measure(
            "ort float[] to float[]",
            rounds,
            calls,
            () -> {
              try (OnnxTensor in =
                  OnnxTensor.createTensor(env, FloatBuffer.wrap(X), new long[] {8})) {
                ort(session, in);
              }
            });
      }
    }
  }

  private static void copies(Mlp mlp, DeviceArray x, String way, int calls) throws Exception {
    var direct = ByteBuffer.allocateDirect(32).order(ByteOrder.nativeOrder()).asFloatBuffer();
    Map<String, Body> ways =
        Map.of(
            "device",
            () -> {
              try (var y = mlp.mlp(x)) {
                y.await();
              }
            },
            "array",
            () -> mlp.mlp(X),
            "buffer",
            () -> {
              try (var prepared = mlp.program().function("mlp").prepare();
                  var y = prepared.add(direct.rewind()).run()[0]) {
                y.copyTo(direct.rewind());
              }
            });
    for (int call = 0; call < calls; call++) {
      ways.get(way).run();
    }
  }

  private static float[] ort(OrtSession session, OnnxTensor tensor) throws Exception {
    try (var result = session.run(Map.of("x", tensor))) {
      return (float[]) result.get(0).getValue();
    }
  }

  private static void show(String name, float[] values) {
    System.out.println("= " + name + " " + java.util.Arrays.toString(values));
  }

  private static void measure(String name, int rounds, int calls, Body body) throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int round = 0; round < rounds; round++) {
      long heap = threads.getCurrentThreadAllocatedBytes();
      long before = System.nanoTime();
      for (int call = 0; call < calls; call++) {
        body.run();
      }
      double took = System.nanoTime() - before;
      System.out.println(String.format(Locale.ROOT, "%s %.1f", name, took / calls));
      if (round == rounds - 1) {
        long bytes = (threads.getCurrentThreadAllocatedBytes() - heap) / calls;
        System.out.println(name + ".heap " + bytes);
      }
    }
  }

  /// Prints the resident megabytes after a tenth of the calls and after all, which 64 threads make.
  private static void grow(Mlp mlp, DeviceArray x, long calls) throws Exception {
    run(mlp, x, calls / 10);
    System.out.println("before " + resident());
    run(mlp, x, calls - calls / 10);
    System.out.println("after " + resident());
  }

  private static void run(Mlp mlp, DeviceArray x, long calls) throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var threads = new ArrayList<Thread>();
    for (int t = 0; t < THREADS; t++) {
      long own = calls / THREADS + (t < calls % THREADS ? 1 : 0);
      threads.add(
          Thread.ofPlatform()
              .uncaughtExceptionHandler((_, e) -> failures.add(e))
              .start(() -> call(mlp, x, own)));
    }
    for (Thread each : threads) {
      each.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.size() + " threads failed", failures.peek());
    }
  }

  private static void call(Mlp mlp, DeviceArray x, long calls) {
    float[] first = mlp.mlp(X);
    for (long call = 0; call < calls; call++) {
      if (call % 2 == 0) {
        try (var y = mlp.mlp(x)) {
          y.await();
        }
      } else if (mlp.mlp(X)[7] != first[7]) {
        throw new IllegalStateException("another result than before");
      }
    }
  }

  private static long resident() throws Exception {
    System.gc();
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmRSS:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElseThrow();
    }
  }
}
