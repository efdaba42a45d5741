package org.girih.grammar.ast;

import java.util.List;
import java.util.Optional;
import org.girih.ir.source.Source;

/// A file, parsed.
///
/// @param doc the `##` comment at its head, before an empty line
public record SourceFile(Source source, Optional<String> doc, List<Item> items) {}
