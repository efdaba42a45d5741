/// Makes functions of functions. Read [Transformation] first: it names them all, and what each does
/// when it is called.
///
/// [ClosureFunction] makes a function of the IR of a function value; the others are built on it.
/// [Gradients] is `grad`, [LinearMaps] `jvp`, `linearize` and `vjp`, [Jacobians] `jacfwd` and
/// `jacrev`, [VmapCall] `vmap` and `pmap`, [ShardMapping] `shard_map`. [LaneGroups] are groups of a
/// map's lanes, for collectives. [DerivativeRules] gives a def the derivative that the program
/// writes for it.
package org.girih.grammar.elaborate.transform;
