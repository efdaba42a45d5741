/// Figures that can be read off a module without running it: [ModuleFigures] adds up a module as a
/// compiler left it.
package org.girih.host.figures;
