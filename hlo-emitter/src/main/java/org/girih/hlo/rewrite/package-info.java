/// Rewrites of whole HLO modules, between their emission or reading and the plugin.
///
/// [Cuts] bounds what XLA fuses, for Girih's own modules and for those of others: of sixty times
///
/// ```
/// r = reverse(x)
/// y = add(x, r)
/// ```
///
/// XLA makes one kernel that computes `x` 2⁶⁰ times. Where that many operations would be in one
/// kernel, one of them becomes a call that XLA does not inline, so that its result is written to
/// memory once.
///
/// [ForeignModule] reads a module that another program wrote, verifies it, and rewrites what
/// plugins are known to die of or to compute wrongly: [StableSorts], [HiddenDivisors],
/// [HandedOnResults].
package org.girih.hlo.rewrite;
