/// The typed tensor IR, in five packages, each resting on those before it: `source` (texts and
/// places), `diagnostic` (what is reported about them), `type` (dtypes, dims, literals), `op` (one
/// file an op, with its rules), `program` (functions, builder, checker), `text` (`.tir` printed and
/// parsed).
package org.girih.ir;
