package org.girih.ir.op;

import org.girih.ir.type.Dim;

/// The axis that a `vmap` binds.
///
/// @param size how many lanes there are
/// @param axis the number by which collectives name it; each `vmap` has its own
public record BatchAxis(Dim size, int axis) {}
