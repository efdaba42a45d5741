package org.girih.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/// Finds a JDK that is new enough: the build's toolchain, one of `toolchains.xml`, Maven's own,
/// that of `JAVA_HOME`.
record Jdk(ToolchainManager toolchains, MavenSession session) {
  private static final int OLDEST = 25;

  /// The `java` to run.
  Path java() throws MojoExecutionException {
    var found = new ArrayList<Toolchain>();
    Toolchain selected = toolchains.getToolchainFromBuildContext("jdk", session);
    if (selected != null) {
      found.add(selected);
    }
    List<Toolchain> known =
        toolchains.getToolchains(session, "jdk", Map.of("version", "[" + OLDEST + ",)"));
    if (known != null) {
      found.addAll(known);
    }
    for (Toolchain toolchain : found) {
      String java = toolchain.findTool("java");
      if (java != null && version(Path.of(java)) >= OLDEST) {
        return Path.of(java);
      }
    }
    for (String home : homes()) {
      Path java = Path.of(home, "bin", "java");
      if (version(java) >= OLDEST) {
        return java;
      }
    }
    throw new MojoExecutionException(
        "no JDK "
            + OLDEST
            + " or newer: Maven runs on "
            + Runtime.version()
            + ". Let maven-toolchains-plugin select one (goal select-jdk-toolchain, version ["
            + OLDEST
            + ",)), or set JAVA_HOME");
  }

  private static List<String> homes() {
    var homes = new ArrayList<String>();
    homes.add(System.getProperty("java.home"));
    Optional.ofNullable(System.getenv("JAVA_HOME")).ifPresent(homes::add);
    return homes;
  }

  /// The major version that the JDK's file `release` names; 0 where there is none.
  private static int version(Path java) {
    try {
      Path release = java.toRealPath().getParent().getParent().resolve("release");
      for (String line : Files.readAllLines(release)) {
        if (line.startsWith("JAVA_VERSION=")) {
          String digits = line.replaceAll("^[^\"]*\"(\\d+).*$", "$1");
          return Integer.parseInt(digits);
        }
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0; // it is no JDK, or too old to have the file
    }
  }
}
