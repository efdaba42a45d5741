/// Writes what a distribution holds beside its jars, made from the model of the commands so that it
/// cannot disagree with them. Read [Pages] first, a step of the build: it writes manual pages
/// ([ManPage]), completion ([org.girih.cli.dist.FishCompletion]; picocli makes that of bash and
/// zsh), and the commit.
package org.girih.cli.pages;
