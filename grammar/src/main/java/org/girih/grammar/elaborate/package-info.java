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
///
/// Keys are arrays of words that say which part of which array of keys they are ([KeyUse]). The
/// array ([KeyArray]) knows its uses: positions that depend on the iterations around ([Affine],
/// read off the IR by [Indices]), which have to be apart ([Separation]). A function of the IR does
/// to the arguments of each call what it does to its parameters ([Keys], [KeyCall]).
///
/// `apply(Dense(3), variables, x)`: [Modules] finds the module's part of the variables, and its
/// body becomes a function of arguments and variables, shared as defs are ([Shared]). In a call
/// ([ModuleFrame]) `param` looks its name up; under `init` it makes the value, under a key that the
/// path is folded into.
///
/// `mesh`, `f32[n @ data]` and `as` ([Placing]) become the op `shard`, which changes no number.
/// `pmap` is `vmap` with its lanes placed on the devices ([Mapping]); `shard_map` cuts its
/// arguments so that the axes of the mesh are dimensions, and maps over these ([ShardMapping]). So
/// the [Collectives] between lanes are those between devices, and XLA's partitioner makes messages
/// of them.
///
/// `for i in 0..n { … }` of the host: [HostLoops] gives what the block rebinds slots of its own,
/// and elaborates the block once, as a list of stretches and effects.
package org.girih.grammar.elaborate;
