/// Passes that make programs smaller or cheaper without looking at loops.
///
/// | class | what it does |
/// |---|---|
/// | [Rewriting] | rewrites equations by the rules of `org.girih.passes.rewrite` |
/// | [CommonSubexpressions] | computes each thing of a function once |
/// | [CseRegions] | hands to branches and bodies what their caller has computed |
/// | [DeadCode] | drops what nothing uses, as [Liveness] finds it |
/// | [Inline] | inlines small functions, and those called once |
/// | [MergeFunctions] | keeps one of functions that do the same |
/// | [MergeDots] | makes one product of those with one left operand |
/// | [Reassociate] | adds and multiplies floats in another order, where asked for |
package org.girih.passes.optimise;
