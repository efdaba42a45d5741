/// Well-typed programs made by chance ([ProgramGenerator]), and what must hold for all of them.
package org.girih.passes.random;
