/// Types of the tensor IR: an element type and dimensions, nothing else.
///
/// Trees (tuples, records), keys and functions are gone before the IR: the elaborator flattens and
/// erases them. A dimension is a number ([Dim.Known]) wherever a program runs; it is a polynomial
/// in named sizes ([Dim.Poly]) only while an annotated def is checked once for all sizes, and only
/// the ops' `infer` ever sees one.
///
/// Walk: `def f[n](x: f32[n], y: f32[n]) = concatenate((x, y))` passes `f32[n]`, `f32[n]`; the rule
/// of `concatenate` adds `n + n`, whose normal form is `2 * n`.
///
/// An [ArrayType] is a [DType] and dims; a [Value] has a type and an id. A [Literal] is a constant
/// array, whose [Elements] are bytes; [Bounds] are the ends of a dtype; [SmallFloat] converts
/// floats of 8 and 16 bits. A polynomial of sizes is a sum of [Monomial]s, products of [Atom]s;
/// what its normal form does not decide is a [Condition]. A [Mesh] is a grid of devices with named
/// axes.
package org.girih.ir.type;
