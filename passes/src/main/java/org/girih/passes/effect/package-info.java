/// What a program does besides computing its results: it prints, and asserts.
///
/// | class | what it does |
/// |---|---|
/// | [DropAsserts] | leaves out what only a checked run looks at |
/// | [DropPrints] | leaves out what is printed, where no host listens |
/// | [OrderPrints] | makes a chain of what is printed, through calls, branches and loops |
///
/// Walk: `debug.print("{x}")` in the body of a loop is a [org.girih.ir.op.Print] whose order is a
/// constant. It stays in the body, since the passes neither drop nor move nor merge it. In the end
/// the loop gets one more carry, the order: the body's print takes it and returns it, so that what
/// is printed in one iteration is printed before what the next one prints.
package org.girih.passes.effect;
