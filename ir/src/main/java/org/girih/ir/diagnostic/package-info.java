/// Reports of the compiler on a user's program: codes, diagnostics, their collection and their
/// printing. A user's error is a value; an exception is a bug of ours ([CompilerBug]).
///
/// Each [Code] has a text of its own in `explain/CODE.md` beside this package's class files: the
/// first line its title, then the rule, an example that is wrong and its mend.
///
/// A [Diagnostic] has a [Severity], a code, a message, places and a way out; [Diagnostics] collects
/// them. The [Renderer] prints them beside the source: [TextLine] is a line of it as a terminal
/// shows it, and [Visible] makes what comes from outside safe to print.
package org.girih.ir.diagnostic;
