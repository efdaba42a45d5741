package org.girih.cli.project;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A kind of project, and the files that it begins with. Their texts are resources, in a folder of
/// the kind's name or in `common`, without the dot that a name begins with; `__name__` in paths and
/// texts is the project, `__version__` this version of Girih.
public enum Template {
  /// A program that fits a line.
  PROGRAM(
      "a program",
      Map.of(".editorconfig", "common", ".gitignore", "common"),
      List.of("README.md", "main.girih"),
      List.of("girih run main.girih", "girih test main.girih")),
  /// A file of functions, and a program that imports it.
  LIBRARY(
      "a library",
      Map.of(".editorconfig", "common", ".gitignore", "common"),
      List.of("README.md", "__name__.girih", "example.girih"),
      List.of("girih test __name__.girih", "girih run example.girih")),
  /// Java that calls functions in Girih.
  MAVEN(
      "a Maven project",
      Map.of(".editorconfig", "common", ".gitignore", "maven"),
      List.of(
          "README.md",
          "pom.xml",
          "src/main/girih/model.girih",
          "src/main/java/org/example/Main.java",
          "src/test/java/org/example/ModelTest.java"),
      List.of("girih test src/main/girih/model.girih", "mvn verify exec:exec"));

  private final String title;
  private final Map<String, String> hidden;
  private final List<String> files;
  private final List<String> commands;

  /// @param hidden files whose names begin with a dot, and the folders that they are in
  Template(String title, Map<String, String> hidden, List<String> files, List<String> commands) {
    this.title = title;
    this.hidden = hidden;
    this.files = files;
    this.commands = commands;
  }

  /// Returns what it makes: `a library`.
  public String title() {
    return title;
  }

  /// Returns what to type in a new project.
  public List<String> commands(String name) {
    return commands.stream().map(command -> command.replace("__name__", name)).toList();
  }

  /// Returns the paths of the resources, below those of this class.
  Stream<String> resources() {
    String own = name().toLowerCase(java.util.Locale.ROOT);
    return Stream.concat(
        hidden.entrySet().stream().map(each -> each.getValue() + "/" + each.getKey().substring(1)),
        files.stream().map(file -> own + "/" + file));
  }

  /// Returns the texts of a new project's files, by their paths.
  ///
  /// @param version this version of Girih
  public SortedMap<String, String> files(String name, String version) {
    var out = new TreeMap<String, String>();
    for (String resource : resources().toList()) {
      String path = resource.substring(resource.indexOf('/') + 1);
      String shown = hidden.containsKey("." + path) ? "." + path : path;
      out.put(
          shown.replace("__name__", name),
          text(resource).replace("__name__", name).replace("__version__", version));
    }
    return out;
  }

  private static String text(String resource) {
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
