package org.girih.runtime.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The kinds of devices that Girih compiles for.
public enum Platform {
  CPU("cpu", List.of(PluginPackage.CPU)),
  /// NVIDIA's GPUs; the package for CUDA 13 comes first, since it is the one that goes on.
  CUDA("cuda", List.of(PluginPackage.CUDA13, PluginPackage.CUDA12)),
  TPU("tpu", List.of(PluginPackage.TPU));

  private final String text;
  private final List<PluginPackage> packages;

  Platform(String text, List<PluginPackage> packages) {
    this.text = text;
    this.packages = packages;
  }

  /// Returns `cpu`, `cuda`, `tpu`: as PJRT calls it, and as targets begin.
  public String text() {
    return text;
  }

  /// Returns the packages of its plugin; one of them is enough.
  public List<PluginPackage> packages() {
    return packages;
  }

  /// Returns the command that installs its plugin.
  public String install() {
    return "girih plugin install " + packages.getFirst().keyword();
  }

  public static Optional<Platform> of(String text) {
    return Arrays.stream(values()).filter(p -> p.text.equals(text)).findFirst();
  }
}
