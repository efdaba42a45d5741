/// One element at a time: numbers of any dtype ([Scalar]), and the ops whose result IEEE 754 or
/// two's complement fixes to the bit ([ExactRules]): [RealRules] those of floats, [WholeRules]
/// those of integers, [Conversions] from one dtype to another. Constant folding is built on them.
package org.girih.passes.scalar;
