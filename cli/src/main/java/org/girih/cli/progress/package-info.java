/// Shows how far a host loop has come: a bar on a terminal, a line now and then elsewhere.
///
/// [TerminalProgress] is the door.
package org.girih.cli.progress;
