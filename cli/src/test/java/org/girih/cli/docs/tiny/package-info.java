/// A tiny Girih, from text to derivatives and HLO: `docs/contributing/tiny.md` shows its files, and
/// tells how each thing is done in the compiler itself. [TinyTest] compares both.
package org.girih.cli.docs.tiny;
