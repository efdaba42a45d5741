package org.girih.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;

/// Finds a JDK that is new enough: the build's toolchain, one of `toolchains.xml`, Maven's own,
/// one that the environment names (`JAVA_HOME`, `JAVA25_HOME`), one where JDKs are installed.
record Jdk(ToolchainManager toolchains, MavenSession session) {
  private static final int OLDEST = 25;

  /// Returns the `java` to run.
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
            + ". Install one, or name it in JAVA"
            + OLDEST
            + "_HOME or in toolchains.xml");
  }

  private static List<String> homes() {
    var homes = new ArrayList<String>();
    homes.add(System.getProperty("java.home"));
    System.getenv().entrySet().stream()
        .filter(e -> e.getKey().matches("JAVA_?\\d*_HOME|JDK_HOME"))
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> homes.add(e.getValue()));
    Path user = Path.of(System.getProperty("user.home"));
    for (Path folder :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            user.resolve(".sdkman/candidates/java"),
            user.resolve(".jdks"))) {
      homes.addAll(inside(folder));
    }
    return homes;
  }

  private static List<String> inside(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(Path::toString).sorted().toList();
    } catch (IOException e) {
      return List.of(); // no such folder on this system
    }
  }

  /// Returns the major version that the JDK's file `release` names; 0 where there is none.
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
