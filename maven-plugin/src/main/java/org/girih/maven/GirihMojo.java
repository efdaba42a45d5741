package org.girih.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.toolchain.ToolchainManager;

/// The parts that all goals have: the sources, and the way to run a command over them.
abstract class GirihMojo extends AbstractMojo {
  /** The folder of the sources; folders in it are packages. */
  @Parameter(property = "girih.sources", defaultValue = "${project.basedir}/src/main/girih")
  private File sourceDirectory;

  /** Leaves the goal out. */
  @Parameter(property = "girih.skip", defaultValue = "false")
  private boolean skip;

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  private MavenProject project;

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  private MavenSession session;

  @Parameter(defaultValue = "${plugin}", readonly = true, required = true)
  private PluginDescriptor plugin;

  @Inject private ToolchainManager toolchains;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    if (skip) {
      getLog().info("Skipped.");
      return;
    }
    try {
      execute(sources());
    } catch (IOException e) {
      throw new MojoExecutionException(e.toString(), e);
    }
  }

  /// Does the goal's work.
  ///
  /// @param files all sources; there may be none
  abstract void execute(List<Path> files)
      throws MojoExecutionException, MojoFailureException, IOException;

  private List<Path> sources() throws IOException {
    if (!sourceDirectory.isDirectory()) {
      return List.of();
    }
    try (Stream<Path> walk = Files.walk(sourceDirectory.toPath())) {
      return walk.filter(p -> p.toString().endsWith(".girih")).sorted().toList();
    }
  }

  final Path sourceDirectory() {
    return sourceDirectory.toPath();
  }

  final MavenProject project() {
    return project;
  }

  final PluginDescriptor plugin() {
    return plugin;
  }

  /// Runs a command; its failure is the build's.
  final void run(List<String> arguments) throws MojoExecutionException, MojoFailureException {
    new Fork(new Jdk(toolchains, session).java(), plugin.getArtifacts(), getLog())
        .run(sourceDirectory.getName(), arguments);
  }
}
