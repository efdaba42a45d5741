/// The parts of [org.girih.hlo.HloText]: shapes, literals, attributes and names in the text form of
/// HLO. The form is the one that `HloModule::ToString` of openxla/xla writes and its `hlo_parser`
/// reads; every golden text of the tests was read and written again by that parser.
///
/// | class | writes |
/// |---|---|
/// | [ShapeText] | `f32[2,3]{1,0}` |
/// | [HloLiteralText], [LiteralElements] | constants, and the elements in them |
/// | [AttributeText] | what follows an instruction's operands |
/// | [ShardingText] | placements |
/// | [NameText] | names, without the characters that HLO does not admit |
package org.girih.hlo.text;
