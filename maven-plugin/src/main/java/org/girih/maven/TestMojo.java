package org.girih.maven;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/** Runs the {@code test} blocks of all sources, and writes JUnit's XML reports of them. */
@Mojo(name = "test", defaultPhase = LifecyclePhase.TEST, threadSafe = true)
public final class TestMojo extends GirihMojo {
  /** Leaves the tests out, as everywhere. */
  @Parameter(property = "skipTests", defaultValue = "false")
  private boolean skipTests;

  /** Where the reports go. */
  @Parameter(defaultValue = "${project.build.directory}/girih-reports")
  private File reportsDirectory;

  @Override
  void execute(List<Path> files) throws MojoExecutionException, MojoFailureException, IOException {
    if (skipTests || files.isEmpty()) {
      getLog().info(skipTests ? "Tests are skipped." : "No tests.");
      return;
    }
    Stamp.delete(reportsDirectory.toPath());
    var arguments = new ArrayList<>(List.of("test", "--junit", reportsDirectory.getPath()));
    files.forEach(f -> arguments.add(f.toString()));
    run(arguments);
  }
}
