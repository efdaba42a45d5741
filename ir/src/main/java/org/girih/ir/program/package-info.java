/// Programs: functions of equations in A-normal form, the builder that makes them and the checker
/// that proves them well-typed.
///
/// A [Program] lists its functions, callees before callers. A [Func] owns one closed [Block]: its
/// parameters, equations and results; no block holds another. `def f(x) = sin(x) + 1.0` at `f32[3]`
/// is
///
/// ```
/// func @f(%0: f32[3]) -> (f32[3]) {
///   %1: f32[3] = sin %0
///   %2: f32 = constant {value = f32 1.0}
///   %3: f32[3] = broadcast %2 {dims = [3], axes = []}
///   %4: f32[3] = add %1 %3
///   return %4
/// }
/// ```
///
/// An [Equation] is an op, its operands and results, and its [Origin], the place in the source. An
/// [Entry] is a function that the host calls, with the names of what goes in and out. [FuncBuilder]
/// makes functions, and [Checker] proves a program well-formed.
package org.girih.ir.program;
