/// Compiled programs, kept on disk for the next run.
///
/// [CompileCache] is a folder of entries, one file each: what was compiled, under which
/// [CompileEnvironment], and the plugin's bytes. An entry is found by a hash, and used only if the
/// whole program and its surroundings are equal and its checksum holds; so a clash of hashes, a
/// truncated file or another plugin is a miss, never another program's result. Files appear whole
/// or not at all, and any number of processes may use the folder at a time.
///
/// [CachingCompiler] compiles through it: walk of one call with the program `p`:
/// `look(p)` finds no file `9f…-31….xla`, the plugin compiles, the program runs, and meanwhile the
/// executable is serialised and written under a name of its own, then renamed. The next process
/// reads it in a few milliseconds.
///
/// [ExecutableKey] names what a serialised executable needs to run. [SlowCompilation] says so,
/// once, if a compilation takes long.
package org.girih.runtime.cache;
