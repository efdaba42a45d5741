/// An interpreter of `.tir`, the reference that passes and the compiled program are compared with:
/// element by element, in `long`, `double` or pairs of these, rounded to the dtype after each op
/// (sums and products of many elements are rounded once, at the end). Slow, short and plain.
///
/// [Interpreter] walks a function's equations; [Pointwise], [Movement], [Windowed] and [Reductions]
/// hold the ops; [RealFunctions] and [ComplexFunctions] what Java's `Math` lacks. All ops are here.
package org.girih.passes.interpreter;
