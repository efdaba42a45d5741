/// What passes rebuild programs with.
///
/// | class | what it does |
/// |---|---|
/// | [BlockCopy] | a copy of a block under construction, with what changes in it |
/// | [FunctionVersions] | a program whose callers may ask for other versions of functions |
/// | [PruneFunctions] | the pass that drops functions that no entry reaches |
/// | [Effects] | which functions do more than to compute their results |
/// | [RewriteBudget] | a multiple of the program's size, beyond which a pass stops |
package org.girih.passes.rebuild;
