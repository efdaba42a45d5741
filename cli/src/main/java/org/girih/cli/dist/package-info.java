/// What a distribution holds beside its jars, made from the model of the commands so that it cannot
/// disagree with them: manual pages ([ManPage]), completion ([FishCompletion]; picocli makes that
/// of bash and zsh), the commit. [Pages] writes all of it, as a step of the build.
package org.girih.cli.dist;
