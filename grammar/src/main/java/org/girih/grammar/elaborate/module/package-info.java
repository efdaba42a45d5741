/// Makes, initialises and applies modules, whose parameters are declared where they are used. Read
/// [Modules] first; [Tabulation] is the table of a model's calls.
package org.girih.grammar.elaborate.module;
