/// From the typed IR to XLA's HLO, and what else Girih does with an HLO module.
///
/// - [org.girih.hlo.proto]: the messages, generated from our `.proto` files, wire-compatible with
///   the part of XLA's that we use
/// - [HloText]: a module as text that XLA's own parser reads
///
/// [HloIdentity] is what of a module influences its results, by which compiled programs are kept.
package org.girih.hlo;
