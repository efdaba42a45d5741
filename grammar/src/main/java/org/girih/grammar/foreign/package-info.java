/// Names of Python, NumPy, JAX, Flax, Optax and PyTorch, and what is written here instead: one
/// table, `names.tsv` beside this package's class files, a line for each [ForeignName].
/// [ForeignNames] looks things up in it. What the prelude has under the same name is not in it.
///
/// A second table, `jax.tsv`, has every function of JAX, Flax and Optax that makes sense here, a
/// line for each [JaxName]: the way out of the names that the first has not, and `girih doc`'s.
package org.girih.grammar.foreign;
