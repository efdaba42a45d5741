package org.girih.host.effect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SequencedMap;
import org.girih.host.array.HostArray;

/// Draws for a program: what it gives to `plot`, and what it saves as a `.png`.
public interface Plotter {
  /// Draws curves, an image or a grid of images.
  ///
  /// @param file a `.png` or a `.svg`
  /// @param arrays by name, in the order of the program; a single one has the empty name. Those of
  ///     one axis are curves; one of more axes is an image, or a grid of them
  /// @throws IOException if the file cannot be written; its message is shown with the place in the
  ///     program
  void plot(Path file, SequencedMap<String, HostArray> arrays) throws IOException;

  /// Writes an image as it is.
  ///
  /// @param file a `.png`
  /// @param image height and width, and 3 or 4 colours if it has them; `u8`, or floats from 0 to 1
  /// @throws IOException as [#plot]
  void image(Path file, HostArray image) throws IOException;
}
