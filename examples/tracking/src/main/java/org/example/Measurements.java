package org.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Positions of vehicles, one measurement of each a second.
///
/// @param seconds how many measurements of each there are
/// @param vehicles how many vehicles there are
/// @param positions x and y in m, by second and vehicle
record Measurements(int seconds, int vehicles, double[] positions) {

  /// Reads lines of `second,vehicle,x,y` in this order, below a heading.
  ///
  /// @throws IllegalArgumentException if a line is missing or not of this form
  static Measurements read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] last = lines.getLast().split(",");
    int seconds = Integer.parseInt(last[0]) + 1;
    int vehicles = Integer.parseInt(last[1]) + 1;
    if (lines.size() != seconds * vehicles + 1) {
      throw new IllegalArgumentException(file + " lacks measurements");
    }
    double[] positions = new double[2 * seconds * vehicles];
    for (int i = 0; i < seconds * vehicles; i++) {
      String[] cells = lines.get(i + 1).split(",");
      if (Integer.parseInt(cells[0]) != i / vehicles
          || Integer.parseInt(cells[1]) != i % vehicles) {
        throw new IllegalArgumentException(file + " is out of order in line " + (i + 2));
      }
      positions[2 * i] = Double.parseDouble(cells[2]);
      positions[2 * i + 1] = Double.parseDouble(cells[3]);
    }
    return new Measurements(seconds, vehicles, positions);
  }

  /// The positions of one second, x and y of each vehicle.
  double[] at(int second) {
    return java.util.Arrays.copyOfRange(
        positions, 2 * vehicles * second, 2 * vehicles * (second + 1));
  }
}
