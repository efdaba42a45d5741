package org.girih.runtime.plugin;

/// A plugin that can be fetched by name: a wheel that pip knows, pinned by its hash.
///
/// @param name the package's name in pip's index
/// @param version its version
/// @param sha256 of the wheel, hexadecimal
/// @param library path of the plugin in the wheel
/// @param header path of `pjrt_c_api.h` in the wheel, or empty if it has none
/// @param megabytes of the wheel, for what is said while it is fetched
/// @param unpackedMegabytes of what is kept
public record PluginPackage(
    String name,
    String version,
    String sha256,
    String library,
    String header,
    int megabytes,
    int unpackedMegabytes) {

  /// The CPU plugin that is installed when none is named: PJRT API 0.81.
  public static final PluginPackage CPU =
      new PluginPackage(
          "xla-cpu-pjrt",
          "0.0.1",
          "55837b6b7b47daa717f2d9a5a03563ea0ceaa338d06a81a1e2d3f060d960decc",
          "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so",
          "xla_plugins/xla_cpu_pjrt/include/pjrt_c_api.h",
          63,
          260);

  /// A newer CPU plugin, PJRT API 0.115: the other column of the test matrix.
  public static final PluginPackage CPU_NEWER =
      new PluginPackage(
          "lammps-jax-pjrt-cpu",
          "0.11.2",
          "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
          "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
          "",
          63,
          202);

  /// The folder that it has in the cache: `xla-cpu-pjrt-0.0.1`.
  public String folder() {
    return name + "-" + version;
  }

  /// The line of a requirements file that pins it.
  String requirement() {
    return name + "==" + version + " --hash=sha256:" + sha256;
  }
}
