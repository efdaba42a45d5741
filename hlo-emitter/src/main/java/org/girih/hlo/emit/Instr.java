package org.girih.hlo.emit;

import org.girih.ir.type.ArrayType;

/// An instruction of the computation under construction that produces an array.
record Instr(long id, ArrayType type) {}
