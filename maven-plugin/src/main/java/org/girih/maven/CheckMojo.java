package org.girih.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/** Checks all sources, programs too, without writing anything. */
@Mojo(name = "check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class CheckMojo extends GirihMojo {
  @Override
  void execute(List<Path> files) throws MojoExecutionException, MojoFailureException {
    if (!files.isEmpty()) {
      var arguments = new ArrayList<>(List.of("check"));
      files.forEach(f -> arguments.add(f.toString()));
      run(arguments);
    }
  }
}
