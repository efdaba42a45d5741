/// Names of Python, NumPy, JAX, Flax, Optax and PyTorch, and what is written here instead: one
/// table, `names.tsv` beside this package's class files, a line for each [ForeignName].
/// [ForeignNames] looks things up in it. What the prelude has under the same name is not in it.
package org.girih.grammar.foreign;
