/// What `--watch` of `check` and `run` is made of: a [WatchLoop] runs a task again whenever the
/// [Stamps] of its files differ; [Changes] wake it, which [FolderChanges] finds in the file system.
package org.girih.cli.watch;
