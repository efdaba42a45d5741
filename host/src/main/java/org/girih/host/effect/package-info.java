/// What a program does to the world that needs more than this module has: [Plotter] draws, and
/// [Progress] shows how far loops have come. `cli` has both; a program in Java may bring its own.
package org.girih.host.effect;
