package org.girih.grammar.elaborate;

import org.girih.ir.source.Span;

/// An argument with its place.
record Given(Val val, Span at) {}
