/// Values as text.
///
/// [ArrayPrinter] prints as NumPy 2.4 does by default: eight digits after the point, lines of 75
/// characters, a summary above a thousand elements. Its parts: [Decimals] finds the digits of one
/// number, [FloatColumn] chooses the common layout of the numbers of an array, [ScalarText] prints
/// one number on its own. [ValuePrinter] puts the brackets of tuples and records around them.
/// [FormatSpec] is what follows the colon of `"{x:.4f}"`, Python's mini-language.
package org.girih.host.print;
