package org.girih.grammar.parse;

import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;

/// The tokens of one item, the last of them EOF.
///
/// @param doc the `##` comment right above it
/// @param last whether the file ends here; else the EOF stands for a line break
record Chunk(List<Token> tokens, Optional<String> doc, boolean last) {}
