/// The elaborator: from the syntax tree to the typed IR and the steps of the host. Read
/// [Elaborator] first, which is the door: it makes the plans of files, tests and benches.
/// [FileScopes] makes a file known, [FileDefinitions] collects what it defines, [Imports] does its
/// imports, and [LibraryScopes] makes the standard library known. [EntryCalls] elaborates the call
/// of a function that a command asks for.
///
/// Everything that is static is computed here and is gone afterwards: names, functions as values,
/// trees, shapes, dtypes. What is left are arrays, built into functions of the IR.
///
/// The packages below, bottom first; each knows only those before it:
///
/// 1. [org.girih.grammar.elaborate.core]: what an elaboration is made of;
/// 2. [org.girih.grammar.elaborate.array]: values become arrays;
/// 3. [org.girih.grammar.elaborate.binding]: arguments meet parameters;
/// 4. [org.girih.grammar.elaborate.transform]: functions of functions;
/// 5. [org.girih.grammar.elaborate.module]: modules;
/// 6. [org.girih.grammar.elaborate.expression]: expressions;
/// 7. [org.girih.grammar.elaborate.intrinsic]: the compiler's functions, and the library;
/// 8. [org.girih.grammar.elaborate.program]: the host program.
///
/// Walk: `print(f(arange(3)))` with `def f(x) = x + 1`.
/// `program.HostStatements` meets an effect and evaluates its argument by `expression.Expressions`;
/// `expression.Calls` finds that `f` is a def, and `binding.Shared` asks whether it was specialised
/// for the skeleton `(i32[3])`, and if not elaborates its body in a `core.FunctionTrace` of its
/// own: `array.Operators` brings `x` and the literal `1` to one dtype and one shape
/// (`array.Operands`) and emits `add`. The call becomes a `call @f`; its result is a value of the
/// current segment (`program.HostSegments`), which becomes an entry of the program, and a step
/// `Print`.
///
/// Keys are arrays of words that know which part of which array of keys they are (`core.KeyUse`).
/// The array (`core.KeyArray`) knows its uses: positions that depend on the iterations around
/// (`core.Affine`, read off the IR by `core.Indices`), which have to be apart (`core.Separation`).
/// A function of the IR does to the arguments of each call what it does to its parameters
/// (`core.Keys`, `core.KeyCall`).
///
/// `apply(Dense(3), variables, x)`: `module.Modules` finds the module's part of the variables, and
/// its body becomes a function of arguments and variables, shared as defs are (`binding.Shared`).
/// In a call (`core.ModuleFrame`) `param` looks its name up; under `init` it makes the value, under
/// a key that the path is folded into.
///
/// `mesh`, `f32[n @ data]` and `as` (`binding.Placing`) become the op `shard`, which changes no
/// number. `pmap` is `vmap` with its lanes placed on the devices (`transform.VmapCall`);
/// `shard_map` cuts its arguments so that the axes of the mesh are dimensions, and maps over these
/// (`transform.ShardMapping`). So the `intrinsic.Collectives` between lanes are those between
/// devices, and XLA's partitioner makes messages of them.
///
/// `for i in 0..n { … }` of the host: `program.HostLoops` gives what the block rebinds slots of its
/// own, and elaborates the block once, as a list of segments and effects.
package org.girih.grammar.elaborate;
