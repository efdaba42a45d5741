/// The API for programs in Java: open a device, load a program, call its functions.
///
/// ```java
/// try (var device = Device.open();
///     var program = Program.load(device, Artifact.open(Path.of("model.girihx")));
///     var x = device.array(new float[] {1, 2, 3}, 3)) {
///   Function f = program.function("f");
///   try (DeviceArray y = f.call(x)[0]) {   // returns at once
///     float[] values = y.floats();         // waits, and copies
///   }
/// }
/// ```
///
/// The three are [org.girih.runtime.host.Device], [org.girih.runtime.host.Program] and
/// [org.girih.runtime.host.Function].
///
/// **Arrays** ([org.girih.runtime.host.DeviceArray]) stay on the device. They are copied by the
/// methods that say so and by no others: `device.array` there, `floats`, `copyTo` and their like
/// back. Each has one owner, who closes it; results of a call belong to the caller. One that is not
/// closed keeps its device, with some threads and a megabyte, after that was closed too. A tree of
/// arrays is a [org.girih.runtime.host.Tree]: arrays by path, such as `params.Dense_0.kernel`.
///
/// **Calls** return before their results are computed; `await`, `ready` and every copy wait. A
/// failure shows there. [org.girih.runtime.host.Call] takes arguments of the host too: primitive
/// arrays and buffers, whose lengths are held against the sizes of the parameters.
///
/// **Donation** is declared for each argument: `step.call(state.donate(), batch)` lets the results
/// take the memory of `state`, whose handle is spent: every later use is an IllegalStateException.
/// On a plugin that computes wrongly then (`Client.donates`) the memory is only freed.
///
/// **Sizes** ([org.girih.runtime.host.CallSizes]). A function generic in sizes is compiled at the
/// first call with each combination of sizes, by a [org.girih.runtime.host.Compiler], and kept.
///
/// **Threads.** Everything but a [org.girih.runtime.host.Call] may be used by any number of
/// threads; what is closed while others use it goes when the last of them is done.
///
/// **Errors.** An argument that does not fit is an [org.girih.runtime.host.ArgumentException],
/// which names the parameter, what it takes and what was passed; what is closed, donated or of a
/// closed program an IllegalStateException; what the plugin reports is a
/// [org.girih.runtime.status.PjrtException].
package org.girih.runtime.host;
