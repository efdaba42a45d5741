package org.girih.runtime.host;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.artifact.Signature.Leaf;
import org.girih.runtime.pjrt.Buffer;
import org.girih.runtime.pjrt.Shape;

/// A function of a program on a device. Any number of threads may call it at a time.
///
/// A call returns at once: its results may still be computed, and reading them waits. They belong
/// to the caller, and arguments stay the caller's, but for those that [DeviceArray#donate]
/// returned.
public final class Function {
  private final Program program;
  private final Signature signature;
  private final List<Leaf> parameters;
  private final DeviceArray[] weights;
  private final Executables compiled;

  /// The executable of a function whose sizes are numbers, once there was a call.
  private volatile Executables.Ready fixed;

  Function(Program program, Signature signature, DeviceArray[] weights, Executables compiled) {
    this.program = program;
    this.signature = signature;
    this.parameters = signature.parameters();
    this.weights = weights;
    this.compiled = compiled;
  }

  public String name() {
    return signature.name();
  }

  public Signature signature() {
    return signature;
  }

  public Device device() {
    return program.device();
  }

  /// Starts a run.
  ///
  /// @param arguments one for each of [Signature#parameters], in order
  /// @return one for each of [Signature#results], in order
  /// @throws ArgumentException if one does not fit its parameter
  /// @throws IllegalArgumentException if there are too many or too few
  /// @throws IllegalStateException if an argument is closed or was donated, or the program is
  ///     closed
  /// @throws org.girih.runtime.status.PjrtException as the plugin refused it
  public DeviceArray[] call(DeviceArray... arguments) {
    boolean donating = false;
    try {
      if (arguments.length != parameters.size()) {
        throw new IllegalArgumentException(
            "`"
                + name()
                + "` takes "
                + parameters.size()
                + " arrays "
                + parameters.stream().map(Leaf::path).toList()
                + ", not "
                + arguments.length);
      }
      Shape[] shapes = signature.generic() ? solved(arguments) : null;
      var inputs = new Buffer[signature.inputs().size()];
      int next = 0;
      for (int i = 0; i < inputs.length; i++) {
        DeviceArray weight = weights[i];
        if (weight != null) {
          inputs[i] = weight.buffer();
        } else {
          DeviceArray argument = arguments[next];
          inputs[i] = checked(signature.inputs().get(i), argument);
          // Else it is spent all the same, and what it held is freed behind the call.
          donating |= argument.donation() && device().client().donates();
          next++;
        }
      }
      Executables.Ready ready = ready(shapes, arguments, donating);
      return wrapped(ready.executable().execute(used(ready, inputs)));
    } finally {
      spend(arguments);
    }
  }

  /// Does the same with arguments and results by their paths.
  public Tree call(Tree arguments) {
    var given = new LinkedHashMap<>(arguments.arrays());
    var ordered = new ArrayList<DeviceArray>();
    for (Leaf leaf : parameters) {
      DeviceArray array = given.remove(leaf.path());
      if (array == null) {
        throw new ArgumentException(name(), leaf.path(), leaf.type(), "nothing");
      }
      ordered.add(array);
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("`" + name() + "` has no parameters " + given.keySet());
    }
    DeviceArray[] results = call(ordered.toArray(DeviceArray[]::new));
    var named = new LinkedHashMap<String, DeviceArray>();
    for (int i = 0; i < results.length; i++) {
      named.put(signature.results().get(i).path(), results[i]);
    }
    return Tree.of(named);
  }

  /// Returns a call whose arguments are added one by one, from the host or from the device.
  public Call prepare() {
    return new Call(this);
  }

  /// Compiles it ahead of its first call. A function generic in sizes is compiled by calls only.
  public void compile() {
    if (!signature.generic()) {
      ready(null, new DeviceArray[0], false);
    }
  }

  private Buffer checked(Leaf leaf, DeviceArray argument) {
    if (argument == null) {
      throw new ArgumentException(name(), leaf.path(), leaf.type(), "null");
    }
    if (argument.device().client() != device().client()) {
      throw new ArgumentException(
          name(),
          leaf.path(),
          leaf.type() + " on the program's device",
          argument.type() + " on another device");
    }
    Buffer buffer;
    try {
      buffer = argument.buffer();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          "parameter `" + leaf.path() + "` of `" + name() + "`: " + e.getMessage());
    }
    if (leaf.fixed() && !fits(leaf, buffer.shape())) {
      throw new ArgumentException(name(), leaf.path(), leaf.type(), argument.type());
    }
    return buffer;
  }

  private static boolean fits(Leaf leaf, Shape shape) {
    if (shape.elementType() != leaf.dtype().element() || shape.rank() != leaf.dims().size()) {
      return false;
    }
    for (int i = 0; i < shape.rank(); i++) {
      if (((Signature.Size.Known) leaf.dims().get(i)).size() != shape.dim(i)) {
        return false;
      }
    }
    return true;
  }

  /// Returns the shapes of all inputs, which agree in the sizes that they share.
  private Shape[] solved(DeviceArray[] arguments) {
    var sizes = new CallSizes(signature);
    var shapes = new Shape[signature.inputs().size()];
    int next = 0;
    for (int i = 0; i < shapes.length; i++) {
      Leaf leaf = signature.inputs().get(i);
      if (weights[i] != null) {
        shapes[i] = weights[i].shape();
      } else {
        DeviceArray argument = arguments[next++];
        if (argument == null) {
          throw new ArgumentException(name(), leaf.path(), leaf.type(), "null");
        }
        shapes[i] = argument.shape();
        sizes.meet(leaf, shapes[i]);
      }
    }
    return shapes;
  }

  /// Returns the inputs that the module takes: one that is compiled for a call leaves out what it
  /// does not need.
  private static Buffer[] used(Executables.Ready ready, Buffer[] inputs) {
    if (ready.whole()) {
      return inputs;
    }
    int[] numbers = ready.inputs();
    var some = new Buffer[numbers.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = inputs[numbers[i]];
    }
    return some;
  }

  private Executables.Ready ready(Shape[] shapes, DeviceArray[] arguments, boolean donating) {
    if (shapes == null && !donating) {
      Executables.Ready known = fixed;
      if (known == null) {
        known =
            compiled.get(
                signature, signature.inputs().stream().map(Leaf::shape).toList(), List.of());
        fixed = known;
      }
      return known;
    }
    List<Shape> all =
        shapes == null ? signature.inputs().stream().map(Leaf::shape).toList() : List.of(shapes);
    var donated = new ArrayList<Integer>();
    int next = 0;
    for (int i = 0; donating && i < weights.length; i++) {
      if (weights[i] == null && arguments[next++].donation()) {
        donated.add(i);
      }
    }
    return compiled.get(signature, all, donated);
  }

  private DeviceArray[] wrapped(Buffer[] results) {
    var arrays = new DeviceArray[results.length];
    for (int i = 0; i < arrays.length; i++) {
      arrays[i] = new DeviceArray(device(), results[i], false);
    }
    return arrays;
  }

  /// Spends what a call was given, for good, also if it failed.
  private static void spend(DeviceArray[] arguments) {
    for (DeviceArray argument : arguments) {
      if (argument != null && argument.donation()) {
        argument.close();
      }
    }
  }

  /// Returns `predict(x: f32[n, 64])`.
  @Override
  public String toString() {
    var text = new StringBuilder(name()).append('(');
    String comma = "";
    for (Leaf leaf : parameters) {
      text.append(comma).append(leaf.path()).append(": ").append(leaf.type());
      comma = ", ";
    }
    return text.append(')').toString();
  }
}
