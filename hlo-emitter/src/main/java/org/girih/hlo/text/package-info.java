/// The parts of [org.girih.hlo.HloText]: shapes, literals, attributes and names in the text form of
/// HLO. The form is the one that `HloModule::ToString` of openxla/xla writes and its `hlo_parser`
/// reads; every golden text of the tests was read and written again by that parser.
package org.girih.hlo.text;
