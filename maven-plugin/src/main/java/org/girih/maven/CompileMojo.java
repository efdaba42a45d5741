package org.girih.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.maven.model.Resource;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Writes a Java class for each library under {@code src/main/girih}. */
@Mojo(name = "compile", defaultPhase = LifecyclePhase.GENERATE_SOURCES, threadSafe = true)
public final class CompileMojo extends GirihMojo {
  /** The package of the classes, or its beginning. */
  @Parameter(property = "girih.package", defaultValue = "")
  private String packageName;

  /** Where the Java sources go. */
  @Parameter(defaultValue = "${project.build.directory}/generated-sources/girih")
  private File outputDirectory;

  /** Where the artifacts go that the classes load. */
  @Parameter(defaultValue = "${project.build.directory}/generated-resources/girih")
  private File resourceDirectory;

  @Parameter(defaultValue = "${project.build.directory}/girih", readonly = true, required = true)
  private File stateDirectory;

  @Override
  void execute(List<Path> files) throws MojoExecutionException, MojoFailureException, IOException {
    project().addCompileSourceRoot(outputDirectory.getPath());
    var resource = new Resource();
    resource.setDirectory(resourceDirectory.getPath());
    project().addResource(resource);

    Path inputs = stateDirectory.toPath().resolve("inputs");
    var stamp = new Stamp(stateDirectory.toPath().resolve("compile.stamp"));
    if (stamp.current(hash(files, inputs))) {
      getLog().info("Nothing to compile: " + files.size() + " Girih sources are as they were.");
      return;
    }
    Files.deleteIfExists(stamp.file());
    Stamp.delete(outputDirectory.toPath());
    Stamp.delete(resourceDirectory.toPath());
    Files.createDirectories(stateDirectory.toPath());
    Files.deleteIfExists(inputs);
    if (!files.isEmpty()) {
      getLog().info("Compiling " + files.size() + " Girih sources.");
      var arguments = new ArrayList<>(List.of("java"));
      files.forEach(f -> arguments.add(f.toString()));
      arguments.addAll(
          List.of(
              "--root", sourceDirectory().toString(),
              "--package", packageName == null ? "" : packageName,
              "--sources", outputDirectory.getPath(),
              "--resources", resourceDirectory.getPath(),
              "--inputs", inputs.toString()));
      run(arguments);
    }
    stamp.write(hash(files, inputs));
  }

  /// Hashes also what was read the last time: imports and data outside the folder.
  private String hash(List<Path> files, Path inputs) throws IOException {
    var read = new TreeSet<>(files);
    if (Files.isRegularFile(inputs)) {
      Files.readAllLines(inputs).forEach(line -> read.add(Path.of(line)));
    }
    var configuration = new ArrayList<String>();
    configuration.add(String.valueOf(packageName));
    configuration.add(outputDirectory + " " + resourceDirectory);
    plugin()
        .getArtifacts()
        .forEach(
            a ->
                configuration.add(
                    a.getId() + " " + a.getFile().length() + " " + a.getFile().lastModified()));
    return Stamp.hash(configuration, read);
  }
}
