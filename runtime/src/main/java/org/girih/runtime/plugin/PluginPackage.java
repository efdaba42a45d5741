package org.girih.runtime.plugin;

import java.util.List;
import java.util.stream.Stream;

/// A plugin that can be fetched by name: its wheel, and the wheels of what it needs to compile.
///
/// @param keyword what it is called in `girih plugin install`
/// @param wheel the plugin's own wheel
/// @param library path of the plugin in the wheel
/// @param header path of `pjrt_c_api.h` in the wheel, or empty if it has none
/// @param companions what the plugin's compiler looks for beside it; their files keep their paths
public record PluginPackage(
    String keyword, Wheel wheel, String library, String header, List<Wheel> companions) {

  private static final String APACHE = "Apache-2.0";
  private static final String NVIDIA =
      "NVIDIA's proprietary licence (License.txt in the wheel), accepted by using it";
  private static final String GOOGLE =
      "Google Cloud Platform Terms of Service (libtpu/LICENSE in the wheel)";

  /// The CPU plugin that is installed when none is named: PJRT API 0.115.
  public static final PluginPackage CPU =
      new PluginPackage(
          "cpu",
          wheel(
              "lammps-jax-pjrt-cpu",
              "0.11.2",
              "1319390d948b39f69f7dade496b7c385149d9ca6097a6b62114da113216d9ad1",
              "Apache-2.0 (LICENSE and THIRD_PARTY_NOTICES are kept beside the plugin)",
              List.of(
                  "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
                  "lammps_jax_pjrt_cpu-0.11.2.dist-info/licenses/LICENSE",
                  "lammps_jax_pjrt_cpu-0.11.2.dist-info/licenses/THIRD_PARTY_NOTICES"),
              63,
              202),
          "lammps_jax_pjrt_cpu/pjrt_c_api_cpu_plugin.so",
          "",
          List.of());

  /// An older CPU plugin, PJRT API 0.106: a column of the test matrix.
  public static final PluginPackage CPU_106 =
      of(
          "cpu-0.106",
          "fastatomstruct-xla-cpu",
          "2026.6.23",
          "88b1c430b341b4bea40a37420311c9c75db6e22b46d2ff95b6986577bee6afe9",
          "fastatomstruct_xla_cpu/libpjrt_cpu.so",
          "",
          63,
          274);

  /// The oldest CPU plugin that is supported, PJRT API 0.81: the last column. It brings the C
  /// header of PJRT, which the shim's declarations are tested against.
  public static final PluginPackage CPU_81 =
      new PluginPackage(
          "cpu-0.81",
          wheel(
              "xla-cpu-pjrt",
              "0.0.1",
              "55837b6b7b47daa717f2d9a5a03563ea0ceaa338d06a81a1e2d3f060d960decc",
              "none named in the wheel; that of XLA, which it is built of, is Apache-2.0",
              List.of(
                  "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so",
                  "xla_plugins/xla_cpu_pjrt/include/pjrt_c_api.h"),
              63,
              260),
          "xla_plugins/xla_cpu_pjrt/xla_cpu_pjrt.so",
          "xla_plugins/xla_cpu_pjrt/include/pjrt_c_api.h",
          List.of());

  /// NVIDIA GPUs by CUDA 13, from compute capability 7.5 on. XLA takes libdevice (NVVM's bitcode of
  /// mathematical functions) and `ptxas` from `../../nvidia/cu13` of the plugin's folder.
  public static final PluginPackage CUDA13 =
      new PluginPackage(
          "cuda13",
          wheel(
              "jax-cuda13-pjrt",
              "0.10.2",
              "a97e9cabe0e21d8dbcc70bd909ca1c34cd546d3ce2d94b4cd907a8d4f6179f6a",
              APACHE,
              List.of("jax_plugins/xla_cuda13/xla_cuda_plugin.so"),
              125,
              402),
          "jax_plugins/xla_cuda13/xla_cuda_plugin.so",
          "",
          List.of(
              wheel(
                  "nvidia-nvvm",
                  "13.5.37",
                  "c41bfa362e407405163f103c2229f0765f8cc2ed7d148b754dc77f228bf7e070",
                  NVIDIA,
                  List.of("nvidia/cu13/nvvm/libdevice/libdevice.10.bc"),
                  76,
                  1),
              wheel(
                  "nvidia-cuda-nvcc",
                  "13.5.37",
                  "f5c4f7ead5d964fb4af42bbf1e6d3ec3c1e6e9d83b53749f691d387e7fcaa3a7",
                  NVIDIA,
                  List.of("nvidia/cu13/bin/ptxas"),
                  48,
                  51)));

  /// The same by CUDA 12, for older drivers and GPUs.
  public static final PluginPackage CUDA12 =
      new PluginPackage(
          "cuda12",
          wheel(
              "jax-cuda12-pjrt",
              "0.10.2",
              "806d1fd29038b6acf5a2b289dd62192abea977ee26aef60ea295b1d28a23acf8",
              APACHE,
              List.of("jax_plugins/xla_cuda12/xla_cuda_plugin.so"),
              175,
              480),
          "jax_plugins/xla_cuda12/xla_cuda_plugin.so",
          "",
          List.of(
              wheel(
                  "nvidia-cuda-nvcc-cu12",
                  "12.9.86",
                  "5d6a0d32fdc7ea39917c20065614ae93add6f577d840233237ff08e9a38f58f0",
                  NVIDIA,
                  List.of(
                      "nvidia/cuda_nvcc/nvvm/libdevice/libdevice.10.bc",
                      "nvidia/cuda_nvcc/bin/ptxas"),
                  41,
                  36)));

  /// Google's TPUs, PJRT API 0.117.
  public static final PluginPackage TPU =
      new PluginPackage(
          "tpu",
          new Wheel(
              "libtpu",
              "0.0.52",
              "f5e2e596eaea9357fbb5a6755a7a9007c6ab75bfde4a55191b03eff402971140",
              "3.11",
              "manylinux_2_31_x86_64",
              GOOGLE,
              List.of("libtpu/libtpu.so"),
              138,
              468),
          "libtpu/libtpu.so",
          "",
          List.of());

  /// Returns what `girih plugin install` can fetch.
  public static List<PluginPackage> all() {
    return List.of(CPU, CUDA13, CUDA12, TPU, CPU_106, CPU_81);
  }

  public PluginPackage {
    companions = List.copyOf(companions);
  }

  /// Returns a plugin that needs nothing beside it.
  static PluginPackage of(
      String keyword,
      String name,
      String version,
      String sha256,
      String library,
      String header,
      int megabytes,
      int unpackedMegabytes) {
    List<String> files = header.isEmpty() ? List.of(library) : List.of(library, header);
    return new PluginPackage(
        keyword,
        wheel(name, version, sha256, APACHE, files, megabytes, unpackedMegabytes),
        library,
        header,
        List.of());
  }

  private static Wheel wheel(
      String name,
      String version,
      String sha256,
      String licence,
      List<String> files,
      int megabytes,
      int unpackedMegabytes) {
    return new Wheel(name, version, sha256, "", "", licence, files, megabytes, unpackedMegabytes);
  }

  /// Returns all wheels, the plugin's own first.
  public List<Wheel> wheels() {
    return Stream.concat(Stream.of(wheel), companions.stream()).toList();
  }

  /// Returns the folder that it has in the cache: `lammps-jax-pjrt-cpu-0.11.2`.
  public String folder() {
    return wheel.folder();
  }

  /// Returns the megabytes of all wheels.
  public int megabytes() {
    return wheels().stream().mapToInt(Wheel::megabytes).sum();
  }

  /// Returns the megabytes of all that is kept.
  public int unpackedMegabytes() {
    return wheels().stream().mapToInt(Wheel::unpackedMegabytes).sum();
  }
}
