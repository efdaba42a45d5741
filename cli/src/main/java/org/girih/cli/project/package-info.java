/// What `girih new` makes: a [Template] has the files of a kind of project, and [NewProject] writes
/// them into a new folder.
package org.girih.cli.project;
