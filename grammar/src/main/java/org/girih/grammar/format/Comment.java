package org.girih.grammar.format;

/// A comment, from its `#` to the end of the line.
///
/// @param text without spaces at its end
/// @param ownLine whether nothing but spaces precedes it in its line
/// @param afterBlank whether an empty line precedes it
/// @param column where it begins, from 0, in code points
record Comment(String text, boolean ownLine, boolean afterBlank, int column) {}
