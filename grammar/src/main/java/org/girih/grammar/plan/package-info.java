/// Holds what the elaborator hands over, for commands, for programs that embed Girih, and for
/// generated Java. Read [HostPlan] first: the program that the device runs and the steps of the
/// host around it. A [Step] is one thing that the host does; it says which
/// slots it touches. [LastUses] adds where slots are freed.
///
/// [EntryCall] names the function that a command asks for, and its arguments. [Callable] describes
/// a def to those who do not speak the language. [Loader] is what the elaborator asks of the file
/// system; whoever calls it provides one.
package org.girih.grammar.plan;
