package org.girih.runtime.plugin;

import java.util.List;

/// A wheel that pip knows, pinned by its hash, of which some files are kept.
///
/// @param name the package's name in pip's index
/// @param version its version
/// @param sha256 of the wheel, hexadecimal
/// @param python the version of Python whose wheel is meant, `3.11`, where there is one for each;
///     empty where one wheel fits all. No Python runs what is kept
/// @param machine the wheel's platform tag, where `python` is set
/// @param licence the licence as the wheel names it
/// @param files paths in the wheel of what is kept: the library, and the licence that goes with it
/// @param megabytes of the wheel, for what is reported while it is fetched
/// @param unpackedMegabytes of what is kept
public record Wheel(
    String name,
    String version,
    String sha256,
    String python,
    String machine,
    String licence,
    List<String> files,
    int megabytes,
    int unpackedMegabytes) {
  public Wheel {
    files = List.copyOf(files);
  }

  /// Returns `lammps-jax-pjrt-cpu-0.11.2`.
  public String folder() {
    return name + "-" + version;
  }

  /// Returns the line of a requirements file that pins it.
  String requirement() {
    return name + "==" + version + " --hash=sha256:" + sha256;
  }

  /// Returns what pip is told to find it on any Python.
  List<String> tags() {
    return python.isEmpty()
        ? List.of()
        : List.of(
            "--python-version=" + python,
            "--implementation=cp",
            "--abi=cp" + python.replace(".", ""),
            "--platform=" + machine);
  }
}
