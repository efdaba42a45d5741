/// The elaborator: from the syntax tree to the typed IR and the steps of the host.
///
/// Everything that is static is computed here and is gone afterwards: names, functions as values,
/// trees, shapes, dtypes. What is left are arrays, built into functions of the IR ([Trace]).
///
/// Walk: `print(f(arange(3)))` with `def f(x) = x + 1`.
/// [HostStatements] meets an effect and evaluates its argument by [Expressions]; [Calls] finds that
/// `f` is a def, asks whether it was specialised for the skeleton `(i32[3])`, and if not elaborates
/// its body in a [Trace] of its own: [Operators] brings `x` and the literal `1` to one dtype and
/// one shape ([Operands]) and emits `add`. The call becomes a `call @f`; its result is a value of
/// the current stretch ([Stretches]), which becomes an entry of the program, and a step `Print`.
package org.girih.grammar.elaborate;
