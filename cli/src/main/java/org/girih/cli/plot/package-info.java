/// Pictures: curves by JFreeChart, images and grids of images pixel by pixel, as PNG or SVG.
/// Writing is atomic, as of all files.
///
/// [Plots] is the door.
package org.girih.cli.plot;
