/// Brings arguments and parameters together. Read [Defs] first: it binds the arguments of a def,
/// and elaborates the def's body.
///
/// [Annotations] holds values against types as they are written, [AssumedValues] makes some of
/// them; [Sizes] solves the size names in
/// them, one object a call. [SumTypes] and [FunctionTypes] are the types that are neither arrays
/// nor trees of them, [DTypeKind] and [StaticKind] what a dtype variable and a static parameter may
/// be, and a [Scenario] what is assumed of all that while a def is checked for all sizes.
/// [Patterns] takes values apart into names. [Placing] is what a type or `as` states about devices.
/// [Shared] makes a function of the IR of a def or of a module's body, once for arguments of one
/// kind, and calls it.
package org.girih.grammar.elaborate.binding;
