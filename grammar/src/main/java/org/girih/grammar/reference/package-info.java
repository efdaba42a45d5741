/// What the standard library offers, as data: for `girih doc` and the pages of `docs/library/`.
///
/// A [Reference] has a [ReferenceEntry] for each public name, those of the compiler included: its
/// signature as it is written in `library/`, its text, and the functions of JAX, Flax and Optax
/// that it represents ([org.girih.grammar.foreign.JaxName]).
///
/// Walk: `special.erf` is `again` a function of the prelude; the prelude's `erf` is the compiler's,
/// so its text is in `docs.tsv`; `jax.scipy.special.erf` and `jax.lax.erf` are the lines of
/// `jax.tsv` whose third column is `erf`.
package org.girih.grammar.reference;
