/// One element at a time: numbers of any dtype ([Scalar]), and the ops whose result IEEE 754 or
/// two's complement fixes to the bit ([ExactRules]). Constant folding is built on them.
package org.girih.passes.scalar;
