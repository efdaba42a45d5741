package org.girih.grammar.elaborate.core;

import org.girih.ir.source.Span;

/// An argument with its place.
public record Given(Val val, Span at) {}
