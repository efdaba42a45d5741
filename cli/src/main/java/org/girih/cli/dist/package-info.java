/// Puts a distribution in its place and takes it away again ([Installation]), copies and deletes
/// folders ([FileTree]), and writes completion for fish ([FishCompletion]), as the command
/// `completion` and the build do.
package org.girih.cli.dist;
