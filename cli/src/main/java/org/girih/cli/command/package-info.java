/// The commands, one file each, over picocli. [Girih] is the program's door: it sets up streams,
/// maps outcomes to exit codes (0 done, 1 the user's program, 2 usage, 70 a bug of Girih, 130
/// Ctrl-C) and prints diagnostics. Results go to standard output, all else to standard error.
///
/// A [Terminal] is the streams and the environment that a command is given; [Version] is what
/// `--version` prints; [WrongCommandLine] reports options and arguments that are wrong.
package org.girih.cli.command;
