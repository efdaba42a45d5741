package org.example;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.girih.embed.Embed;
import org.girih.runtime.artifact.Artifact;
import org.girih.runtime.artifact.ArtifactException;
import org.girih.runtime.host.Device;
import org.girih.runtime.host.DeviceArray;
import org.girih.runtime.host.Function;
import org.girih.runtime.host.Program;

/// A file with several functions.
///
/// With more text.
///
/// Made by Girih from `my_model.girih`. Any number of threads may use it.
public final class MyModel implements AutoCloseable {
  private final Program program;
  private final Function square;
  private final Function denseLayer;
  private final Function step;
  private final Function named;
  private final Function twice;
  private final Function rows;
  private final Function halfRows;
  private final Function class_;
  private final Function longNamesEverywhere;
  private final Function bits;
  private final Function withDefault;
  private final Function seven;

  private MyModel(Program program) {
    this.program = program;
    this.square = program.function("square");
    this.denseLayer = program.function("dense_layer");
    this.step = program.function("step");
    this.named = program.function("named");
    this.twice = program.function("twice");
    this.rows = program.function("rows");
    this.halfRows = program.function("half_rows");
    this.class_ = program.function("class");
    this.longNamesEverywhere = program.function("long_names_everywhere");
    this.bits = program.function("bits");
    this.withDefault = program.function("with_default");
    this.seven = program.function("seven");
  }

  /// Loads the program onto a device.
  ///
  /// @throws ArtifactException if the resource beside this class is damaged
  public static MyModel load(Device device) throws ArtifactException {
    var resource = MyModel.class.getResourceAsStream("MyModel.girihx");
    var artifact = Artifact.resource(resource, "MyModel.girihx");
    return new MyModel(Embed.load(device, artifact));
  }

  /// The program, whose functions take trees by path too.
  public Program program() {
    return program;
  }

  /// Squares.
  ///
  /// @param x `f32[3]`
  /// @return `f32[3]`
  public DeviceArray square(DeviceArray x) {
    return this.square.call(x)[0];
  }

  /// Squares.
  ///
  /// @param x `f32[3]`
  /// @return `f32[3]`
  public float[] square(float[] x) {
    try (var call = this.square.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// Squares.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param x `f32[3]`
  /// @return `f32[3]`
  public float[] square(FloatBuffer x) {
    try (var call = this.square.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// A layer.
  ///
  /// @param layer `Layer`
  /// @param x `f32[n, d]`
  /// @return `f32[n, m]`
  public DeviceArray denseLayer(Layer layer, DeviceArray x) {
    return this.denseLayer.call(layer.b(), layer.w(), x)[0];
  }

  /// A layer.
  ///
  /// @param layer `Layer`
  /// @param x `f32[n, d]`
  /// @return `f32[n, m]`
  public float[] denseLayer(Layer layer, float[] x) {
    try (var call = this.denseLayer.prepare()) {
      call.add(layer.b());
      call.add(layer.w());
      call.add(x);
      return call.floats();
    }
  }

  /// A layer.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param layer `Layer`
  /// @param x `f32[n, d]`
  /// @return `f32[n, m]`
  public float[] denseLayer(Layer layer, FloatBuffer x) {
    try (var call = this.denseLayer.prepare()) {
      call.add(layer.b());
      call.add(layer.w());
      call.add(x);
      return call.floats();
    }
  }

  /// `step`.
  ///
  /// @param params `Params`
  /// @param batch `(f32[5, 3], i32[5])`
  /// @param rate `f32`
  /// @return `({first: {b: f32[4], w: f32[3, 4]}, second: {b: f32[2], w: f32[4, 2]}}, f32)`
  public StepResult step(Params params, StepBatch batch, DeviceArray rate) {
    try (var call = this.step.prepare()) {
      call.add(params.first().b());
      call.add(params.first().w());
      call.add(params.second().b());
      call.add(params.second().w());
      call.add(batch.item0());
      call.add(batch.item1());
      call.add(rate);
      DeviceArray[] results = call.run();
      var made0First = new StepResultItem0First(results[0], results[1]);
      var made0Second = new StepResultItem0Second(results[2], results[3]);
      var made0 = new StepResultItem0(made0First, made0Second);
      return new StepResult(made0, results[4]);
    }
  }

  /// `step`.
  ///
  /// @param params `Params`
  /// @param batch `(f32[5, 3], i32[5])`
  /// @param rate `f32`
  /// @return `({first: {b: f32[4], w: f32[3, 4]}, second: {b: f32[2], w: f32[4, 2]}}, f32)`
  public StepResult step(Params params, StepBatch batch, float rate) {
    try (var call = this.step.prepare()) {
      call.add(params.first().b());
      call.add(params.first().w());
      call.add(params.second().b());
      call.add(params.second().w());
      call.add(batch.item0());
      call.add(batch.item1());
      call.add(rate);
      DeviceArray[] results = call.run();
      var made0First = new StepResultItem0First(results[0], results[1]);
      var made0Second = new StepResultItem0Second(results[2], results[3]);
      var made0 = new StepResultItem0(made0First, made0Second);
      return new StepResult(made0, results[4]);
    }
  }

  /// `named`.
  ///
  /// @param params `Params`
  /// @return `Params`
  public Params named(Params params) {
    try (var call = this.named.prepare()) {
      call.add(params.first().b());
      call.add(params.first().w());
      call.add(params.second().b());
      call.add(params.second().w());
      DeviceArray[] results = call.run();
      var madeFirst = new Layer(results[1], results[0]);
      var madeSecond = new Layer(results[3], results[2]);
      return new Params(madeFirst, madeSecond);
    }
  }

  /// `twice`.
  ///
  /// @param x `f32[n]`
  /// @return `f32[2 * n]`
  public DeviceArray twice(DeviceArray x) {
    return this.twice.call(x)[0];
  }

  /// `twice`.
  ///
  /// @param x `f32[n]`
  /// @return `f32[2 * n]`
  public float[] twice(float[] x) {
    try (var call = this.twice.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// `twice`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param x `f32[n]`
  /// @return `f32[2 * n]`
  public float[] twice(FloatBuffer x) {
    try (var call = this.twice.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// `rows`.
  ///
  /// @param x `f32[n, m]`
  /// @return `f32[n]`
  public DeviceArray rows(DeviceArray x) {
    return this.rows.call(x)[0];
  }

  /// `rows`.
  ///
  /// @param n the size n
  /// @param m the size m
  /// @param x `f32[n, m]`
  /// @return `f32[n]`
  public float[] rows(long n, long m, float[] x) {
    try (var call = this.rows.prepare()) {
      call.size("n", n);
      call.size("m", m);
      call.add(x);
      return call.floats();
    }
  }

  /// `rows`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param n the size n
  /// @param m the size m
  /// @param x `f32[n, m]`
  /// @return `f32[n]`
  public float[] rows(long n, long m, FloatBuffer x) {
    try (var call = this.rows.prepare()) {
      call.size("n", n);
      call.size("m", m);
      call.add(x);
      return call.floats();
    }
  }

  /// `half_rows`.
  ///
  /// @param x `f32[n]`
  /// @param y `f32[2 * n]`
  /// @return `f32[n]`
  public DeviceArray halfRows(DeviceArray x, DeviceArray y) {
    return this.halfRows.call(x, y)[0];
  }

  /// `half_rows`.
  ///
  /// @param x `f32[n]`
  /// @param y `f32[2 * n]`
  /// @return `f32[n]`
  public float[] halfRows(float[] x, float[] y) {
    try (var call = this.halfRows.prepare()) {
      call.add(x);
      call.add(y);
      return call.floats();
    }
  }

  /// `half_rows`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param x `f32[n]`
  /// @param y `f32[2 * n]`
  /// @return `f32[n]`
  public float[] halfRows(FloatBuffer x, FloatBuffer y) {
    try (var call = this.halfRows.prepare()) {
      call.add(x);
      call.add(y);
      return call.floats();
    }
  }

  /// What Java has names for; C:\\users and \\u are no characters' numbers.
  /// &#64;tag is none, and <b> & */ end nothing.
  ///
  /// @param int_ `i32`
  /// @param call_ `bool`
  /// @param k `u32[2]`: random keys, as `Device.key` makes them
  /// @param asDouble `f64`
  /// @return `{b: {c: i32, random: f32}, close: i32, d: f64}`
  public ClassResult class_(
      DeviceArray int_, DeviceArray call_, DeviceArray k, DeviceArray asDouble) {
    DeviceArray[] results = this.class_.call(int_, call_, k, asDouble);
    var madeB = new ClassResultB(results[0], results[1]);
    return new ClassResult(madeB, results[2], results[3]);
  }

  /// What Java has names for; C:\\users and \\u are no characters' numbers.
  /// &#64;tag is none, and <b> & */ end nothing.
  ///
  /// @param int_ `i32`
  /// @param call_ `bool`
  /// @param k `u32[2]`: random keys, as `Device.key` makes them
  /// @param asDouble `f64`
  /// @return `{b: {c: i32, random: f32}, close: i32, d: f64}`
  public ClassResult class_(int int_, boolean call_, DeviceArray k, double asDouble) {
    try (var call = this.class_.prepare()) {
      call.add(int_);
      call.add(call_);
      call.add(k);
      call.add(asDouble);
      DeviceArray[] results = call.run();
      var madeB = new ClassResultB(results[0], results[1]);
      return new ClassResult(madeB, results[2], results[3]);
    }
  }

  /// `long_names_everywhere`.
  ///
  /// @param theFirstParameter `f32[3]`
  /// @param theSecondParameter `f32[3]`
  /// @param third `f32[3]`
  /// @param fourth `f32[3]`
  /// @return `f32[3]`
  public DeviceArray longNamesEverywhere(
      DeviceArray theFirstParameter,
      DeviceArray theSecondParameter,
      DeviceArray third,
      DeviceArray fourth) {
    return this.longNamesEverywhere.call(theFirstParameter, theSecondParameter, third, fourth)[0];
  }

  /// `long_names_everywhere`.
  ///
  /// @param theFirstParameter `f32[3]`
  /// @param theSecondParameter `f32[3]`
  /// @param third `f32[3]`
  /// @param fourth `f32[3]`
  /// @return `f32[3]`
  public float[] longNamesEverywhere(
      float[] theFirstParameter, float[] theSecondParameter, float[] third, float[] fourth) {
    try (var call = this.longNamesEverywhere.prepare()) {
      call.add(theFirstParameter);
      call.add(theSecondParameter);
      call.add(third);
      call.add(fourth);
      return call.floats();
    }
  }

  /// `long_names_everywhere`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param theFirstParameter `f32[3]`
  /// @param theSecondParameter `f32[3]`
  /// @param third `f32[3]`
  /// @param fourth `f32[3]`
  /// @return `f32[3]`
  public float[] longNamesEverywhere(
      FloatBuffer theFirstParameter,
      FloatBuffer theSecondParameter,
      FloatBuffer third,
      FloatBuffer fourth) {
    try (var call = this.longNamesEverywhere.prepare()) {
      call.add(theFirstParameter);
      call.add(theSecondParameter);
      call.add(third);
      call.add(fourth);
      return call.floats();
    }
  }

  /// `bits`.
  ///
  /// @param a `u8[2]`
  /// @param b `f16[2]`
  /// @param c `c64[2]`
  /// @param d `bool[2]`
  /// @param e `u64[2]`
  /// @return `{a: u8[2], b: f16[2], c: c64[2], d: bool[2], e: u64[2]}`
  public BitsResult bits(
      DeviceArray a, DeviceArray b, DeviceArray c, DeviceArray d, DeviceArray e) {
    DeviceArray[] results = this.bits.call(a, b, c, d, e);
    return new BitsResult(results[0], results[1], results[2], results[3], results[4]);
  }

  /// `bits`.
  ///
  /// @param a `u8[2]`
  /// @param b `f16[2]`
  /// @param c `c64[2]`
  /// @param d `bool[2]`
  /// @param e `u64[2]`
  /// @return `{a: u8[2], b: f16[2], c: c64[2], d: bool[2], e: u64[2]}`
  public BitsResult bits(byte[] a, short[] b, float[] c, boolean[] d, long[] e) {
    try (var call = this.bits.prepare()) {
      call.add(a);
      call.add(b);
      call.add(c);
      call.add(d);
      call.add(e);
      DeviceArray[] results = call.run();
      return new BitsResult(results[0], results[1], results[2], results[3], results[4]);
    }
  }

  /// `bits`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param a `u8[2]`
  /// @param b `f16[2]`
  /// @param c `c64[2]`
  /// @param d `bool[2]`
  /// @param e `u64[2]`
  /// @return `{a: u8[2], b: f16[2], c: c64[2], d: bool[2], e: u64[2]}`
  public BitsResult bits(ByteBuffer a, ShortBuffer b, FloatBuffer c, ByteBuffer d, LongBuffer e) {
    try (var call = this.bits.prepare()) {
      call.add(a);
      call.add(b);
      call.add(c);
      call.add(d);
      call.add(e);
      DeviceArray[] results = call.run();
      return new BitsResult(results[0], results[1], results[2], results[3], results[4]);
    }
  }

  /// `with_default`.
  ///
  /// @param x `f32[2]`
  /// @return `f32[2]`
  public DeviceArray withDefault(DeviceArray x) {
    return this.withDefault.call(x)[0];
  }

  /// `with_default`.
  ///
  /// @param x `f32[2]`
  /// @return `f32[2]`
  public float[] withDefault(float[] x) {
    try (var call = this.withDefault.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// `with_default`.
  ///
  /// Takes what lies between position and limit of buffers.
  ///
  /// @param x `f32[2]`
  /// @return `f32[2]`
  public float[] withDefault(FloatBuffer x) {
    try (var call = this.withDefault.prepare()) {
      call.add(x);
      return call.floats();
    }
  }

  /// `seven`.
  ///
  /// @return `f32`
  public DeviceArray seven() {
    return this.seven.call()[0];
  }

  /// Frees what the program has on the device; results live on.
  @Override
  public void close() {
    program.close();
  }

  /// A layer of neurons, whose comment is so long that it does not fit on one line of one hundred
  /// columns, not at all.
  ///
  /// @param w `f32[d, m]`
  /// @param b `f32[m]`
  public record Layer(DeviceArray w, DeviceArray b) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      w.close();
      b.close();
    }
  }

  /// `{first: {w: f32[3, 4], b: f32[4]}, second: {w: f32[4, 2], b: f32[2]}}`.
  ///
  /// @param first `Layer`
  /// @param second `Layer`
  public record Params(Layer first, Layer second) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  /// Several arrays.
  ///
  /// @param item0 `f32[5, 3]`
  /// @param item1 `i32[5]`
  public record StepBatch(DeviceArray item0, DeviceArray item1) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      item0.close();
      item1.close();
    }
  }

  /// `{b: f32[4], w: f32[3, 4]}`.
  ///
  /// @param b `f32[4]`
  /// @param w `f32[3, 4]`
  public record StepResultItem0First(DeviceArray b, DeviceArray w) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      b.close();
      w.close();
    }
  }

  /// `{b: f32[2], w: f32[4, 2]}`.
  ///
  /// @param b `f32[2]`
  /// @param w `f32[4, 2]`
  public record StepResultItem0Second(DeviceArray b, DeviceArray w) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      b.close();
      w.close();
    }
  }

  /// `{first: {b: f32[4], w: f32[3, 4]}, second: {b: f32[2], w: f32[4, 2]}}`.
  ///
  /// @param first `{b: f32[4], w: f32[3, 4]}`
  /// @param second `{b: f32[2], w: f32[4, 2]}`
  public record StepResultItem0(StepResultItem0First first, StepResultItem0Second second)
      implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      first.close();
      second.close();
    }
  }

  /// Several arrays.
  ///
  /// @param item0 `{first: {b: f32[4], w: f32[3, 4]}, second: {b: f32[2], w: f32[4, 2]}}`
  /// @param item1 `f32`
  public record StepResult(StepResultItem0 item0, DeviceArray item1) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      item0.close();
      item1.close();
    }
  }

  /// `{c: i32, random: f32}`.
  ///
  /// @param c `i32`
  /// @param random `f32`
  public record ClassResultB(DeviceArray c, DeviceArray random) implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      c.close();
      random.close();
    }
  }

  /// `{b: {c: i32, random: f32}, close: i32, d: f64}`.
  ///
  /// @param b `{c: i32, random: f32}`
  /// @param close_ `i32`
  /// @param d `f64`
  public record ClassResult(ClassResultB b, DeviceArray close_, DeviceArray d)
      implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      b.close();
      close_.close();
      d.close();
    }
  }

  /// `{a: u8[2], b: f16[2], c: c64[2], d: bool[2], e: u64[2]}`.
  ///
  /// @param a `u8[2]`
  /// @param b `f16[2]`
  /// @param c `c64[2]`
  /// @param d `bool[2]`
  /// @param e `u64[2]`
  public record BitsResult(
      DeviceArray a, DeviceArray b, DeviceArray c, DeviceArray d, DeviceArray e)
      implements AutoCloseable {
    /// Closes all arrays.
    @Override
    public void close() {
      a.close();
      b.close();
      c.close();
      d.close();
      e.close();
    }
  }
}
