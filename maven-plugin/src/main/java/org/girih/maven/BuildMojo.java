package org.girih.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Builds an artifact of each file that is named, with executables for this machine or for targets.
 */
@Mojo(name = "build", defaultPhase = LifecyclePhase.PACKAGE, threadSafe = true)
public final class BuildMojo extends GirihMojo {
  /** The files, below the folder of the sources. */
  @Parameter(property = "girih.programs", required = true)
  private List<String> programs;

  /** Where the artifacts go. */
  @Parameter(defaultValue = "${project.build.directory}")
  private File artifactDirectory;

  /** What to compile for: {@code cpu}, {@code cuda:h100}; without any, for this machine. */
  @Parameter(property = "girih.targets")
  private List<String> targets = List.of();

  @Override
  void execute(List<Path> files) throws MojoExecutionException, MojoFailureException, IOException {
    Files.createDirectories(artifactDirectory.toPath());
    for (String program : programs) {
      Path file = sourceDirectory().resolve(program);
      if (!files.contains(file)) {
        throw new MojoFailureException("no source " + file);
      }
      String name = file.getFileName().toString().replaceFirst("\\.girih$", ".girihx");
      Path target = artifactDirectory.toPath().resolve(name);
      var arguments = new ArrayList<>(List.of("build", file.toString(), "-o", target.toString()));
      targets.forEach(t -> arguments.addAll(List.of("--target", t)));
      run(arguments);
      getLog().info("Built " + target);
    }
  }
}
