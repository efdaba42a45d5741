/// Holds the functions that the compiler knows, and the library that is written on top of them.
/// Read [Library] first, the table of the standard library ([LibraryNames] are its public names);
/// then [Prelude]: what every file sees.
///
/// Each list of functions is a class: [PointwiseIntrinsics], [ReductionIntrinsics],
/// [ShapeIntrinsics] (with [Reshaping]), [CreationIntrinsics], [ProductIntrinsics],
/// [TransformIntrinsics], [VariableIntrinsics] for modules, [SequenceIntrinsics],
/// [RandomIntrinsics], and [LibraryIntrinsics] for the library alone. [Collectives] communicates
/// between lanes and devices; [Einsum] and [Convolutions] are the two products with a notation of
/// their own.
package org.girih.grammar.elaborate.intrinsic;
