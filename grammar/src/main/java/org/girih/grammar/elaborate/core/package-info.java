/// Holds what an elaboration is made of; the packages above work on it. Read [Val] first, then
/// [FunctionTrace], then [Elaboration].
///
/// **Values.** A [Val] is what an expression is at compile time: an array of the run time, or
/// something static. [Trees] walks, compares and describes values; a skeleton is a value without
/// its arrays. A [SumType] is a type of several variants; a [Remake] computes an array of literals
/// again in the dtype that it meets. [Members] refuses fields that are not there,
/// [StaticArithmetic] computes with static numbers, and [NestedNames] gives a tree the dotted names
/// of a file. A function is a [Definition], a [ModuleDefinition], an [Intrinsic] of the compiler,
/// or a [Derived] that was made from another; it is called with [Given] arguments, and shown as a
/// [FunctionText].
///
/// **The state.** An [Elaboration] is one run of the elaborator, and everything is handed it. Its
/// parts: [FunctionTable] holds the functions of the IR made so far, [CallStack] the place in the
/// source and the calls that led there, [Conditions] what stays open of sizes, [NamedTypes] the
/// types of all files, [Lanes] the named axes, an [ElaborationBudget] what it may take. A
/// [FunctionTrace] is a function of the IR under construction, [Specialised] one that is done and
/// can be called again, [ModuleFrame] the call of a module. A [Scope] shows the names of blocks,
/// and behind them those of a file ([FileScope]), and holds each [HostReading] of a statement.
/// What lies below calls back into the evaluator through [Evaluator].
///
/// **Keys.** Keys are arrays of words, each used once. [KeyUse] tells which part of which array of
/// keys a value is; the array ([KeyArray]) collects its uses. A use touches positions ([Axes]),
/// whole numbers ([Affine]) of iterations and other unknowns ([Symbol]), read off the IR by
/// [Indices]; [Separation] proves that they are apart, and [KeyFaults] reports where they are not.
/// A [Choice] is several things of which one is done, as the branches of an `if`.
/// [Keys] and [KeyCall] carry uses across functions that are shared, [KeyLanes] into loops and
/// mapped functions.
///
/// **What is wrong.** A [Fault] ends a statement with a diagnostic. [WayOut] answers the names of
/// other languages, [Spelling] guesses what was meant, [ArrayOrigin] tells where a value became an
/// array, [TypeCycles] refuses types made of themselves, and [ConditionOfDef] reports a def that
/// not all sizes fit.
package org.girih.grammar.elaborate.core;
