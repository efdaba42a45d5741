package org.girih.runtime.host;

import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.pjrt.Shape;

/// One call, whose arguments are added in the order of the parameters. What comes from the host is
/// copied to the device when the call runs, and those copies go when the call is closed. Used by
/// one thread.
public final class Call implements AutoCloseable {
  private final Function function;
  private final List<Leaf> parameters;
  private final CallSizes sizes;
  private final List<Argument> arguments = new ArrayList<>();
  private final List<DeviceArray> copies = new ArrayList<>();

  /// The value passed for a parameter.
  sealed interface Argument permits HostData, OnDevice {}

  private record OnDevice(DeviceArray array) implements Argument {}

  Call(Function function) {
    this.function = function;
    this.parameters = function.signature().parameters();
    this.sizes = new CallSizes(function.signature());
  }

  /// Sets a size that the arguments do not tell.
  public Call size(String name, long size) {
    sizes.set(name, size);
    return this;
  }

  /// Adds an array of the device.
  public Call add(DeviceArray array) {
    return put(new OnDevice(array));
  }

  /// Adds `f32` of the host, or `c64` as pairs: the elements of an array, the last axis fastest, or
  /// a scalar.
  public Call add(float... values) {
    return put(HostData.of(values));
  }

  /// Adds `f64` of the host.
  public Call add(double... values) {
    return put(HostData.of(values));
  }

  /// Adds `i32` or `u32` of the host.
  public Call add(int... values) {
    return put(HostData.of(values));
  }

  /// Adds `i64` or `u64` of the host.
  public Call add(long... values) {
    return put(HostData.of(values));
  }

  /// Adds an integer or half float of two bytes of the host.
  public Call add(short... values) {
    return put(HostData.of(values));
  }

  /// Adds an integer or float of one byte of the host.
  public Call add(byte... values) {
    return put(HostData.of(values));
  }

  /// Adds `bool` of the host.
  public Call add(boolean... values) {
    return put(HostData.of(values));
  }

  /// Adds what lies between the position and the limit of a buffer.
  ///
  /// @throws IllegalArgumentException if it is in another byte order than the machine's
  public Call add(Buffer values) {
    return put(HostData.of(values));
  }

  private Call put(Argument argument) {
    arguments.add(argument);
    return this;
  }

  /// Starts the run.
  ///
  /// @return the results, which belong to the caller
  /// @see Function#call(DeviceArray...)
  public DeviceArray[] run() {
    if (arguments.size() != parameters.size()) {
      return function.call(new DeviceArray[arguments.size()]); // says how many there should be
    }
    meetDevice();
    solveHost();
    var arrays = new DeviceArray[arguments.size()];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] =
          switch (arguments.get(i)) {
            case HostData data -> copy(parameters.get(i), data);
            case OnDevice(DeviceArray array) -> array;
          };
    }
    return function.call(arrays);
  }

  private void meetDevice() {
    for (int i = 0; i < parameters.size(); i++) {
      if (arguments.get(i) instanceof OnDevice(DeviceArray array) && array != null) {
        sizes.meet(parameters.get(i), array.shape());
      }
    }
  }

  /// Solves for the names of sizes: each iteration finds one, so that there are no more iterations
  /// than names.
  private void solveHost() {
    boolean more = true;
    for (int round = 0; more && round <= parameters.size(); round++) {
      more = false;
      for (int i = 0; i < parameters.size(); i++) {
        Leaf leaf = parameters.get(i);
        if (arguments.get(i) instanceof HostData data) {
          more |= !sizes.solve(leaf, elements(leaf, data), given(leaf, data));
        }
      }
    }
  }

  private long elements(Leaf leaf, HostData data) {
    long elements = data.holds(leaf.dtype()) ? data.elements(leaf.dtype()) : -1;
    if (elements < 0) {
      throw sizes.wrong(leaf, given(leaf, data));
    }
    return elements;
  }

  private static String given(Leaf leaf, HostData data) {
    long count = data.memory().byteSize() / data.words();
    return count + " × " + data.what();
  }

  private DeviceArray copy(Leaf leaf, HostData data) {
    Shape shape = sizes.shape(leaf);
    if (data.memory().byteSize() != shape.byteSize()) {
      throw sizes.wrong(leaf, given(leaf, data));
    }
    DeviceArray copy = function.device().array(leaf.dtype(), data.memory(), shape.dims());
    copies.add(copy);
    return copy;
  }

  /// Runs, and copies the single result to the host.
  ///
  /// @throws IllegalStateException if the function returns several, or one of another dtype
  public float[] floats() {
    try (DeviceArray result = single()) {
      return result.floats();
    }
  }

  /// Returns the same for `f64` and `c128`.
  public double[] doubles() {
    try (DeviceArray result = single()) {
      return result.doubles();
    }
  }

  /// Returns the same for `i32` and `u32`.
  public int[] ints() {
    try (DeviceArray result = single()) {
      return result.ints();
    }
  }

  /// Returns the same for `i64` and `u64`.
  public long[] longs() {
    try (DeviceArray result = single()) {
      return result.longs();
    }
  }

  /// Returns the same for integers and half floats of two bytes.
  public short[] shorts() {
    try (DeviceArray result = single()) {
      return result.shorts();
    }
  }

  /// Returns the same for any dtype, as bytes.
  public byte[] bytes() {
    try (DeviceArray result = single()) {
      return result.bytes();
    }
  }

  /// Returns the same for `bool`.
  public boolean[] booleans() {
    try (DeviceArray result = single()) {
      return result.booleans();
    }
  }

  private DeviceArray single() {
    int count = function.signature().results().size();
    if (count != 1) {
      throw new IllegalStateException("`" + function.name() + "` gives " + count + " arrays");
    }
    return run()[0];
  }

  /// Frees the copies that it made.
  @Override
  public void close() {
    copies.forEach(DeviceArray::close);
    copies.clear();
  }
}
