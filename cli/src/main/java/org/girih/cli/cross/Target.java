package org.girih.cli.cross;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.girih.grammar.elaborate.core.Spelling;
import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.runtime.pjrt.Option;
import org.girih.runtime.plugin.Platform;

/// The devices that a program is compiled for. Its text is what `--target` takes, and names files.
public sealed interface Target {
  /// The most devices that a target of CPUs or GPUs is given.
  int MOST = 1024;

  Platform platform();

  /// Returns its figures; empty where they differ from machine to machine.
  Optional<Chip> chip();

  /// Returns how many devices a program can run on.
  int devices();

  /// Returns the plugin's name of the topology; empty where [#options] state all.
  String topology();

  /// Returns the options with which the plugin makes the topology.
  List<Option.Text> options();

  /// Returns what the plugin needs in its environment.
  Map<String, String> environment();

  /// Returns it as it was written, in its shortest form: `tpu:v5e:4x4`.
  String text();

  /// Returns the same as part of a file's name.
  default String fileName() {
    return text().replace(':', '-');
  }

  /// Devices of this machine's CPU.
  record Cpu(int devices) implements Target {
    @Override
    public Platform platform() {
      return Platform.CPU;
    }

    @Override
    public Optional<Chip> chip() {
      return Optional.empty();
    }

    @Override
    public String topology() {
      return "";
    }

    @Override
    public List<Option.Text> options() {
      return List.of();
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public String text() {
      return devices == 1 ? "cpu" : "cpu:" + devices;
    }
  }

  /// GPUs of one machine.
  record Cuda(Chip kind, Chip.Gpu gpu, int devices) implements Target {
    @Override
    public Platform platform() {
      return Platform.CUDA;
    }

    @Override
    public Optional<Chip> chip() {
      return Optional.of(kind);
    }

    @Override
    public String topology() {
      return "";
    }

    /// Returns the options; `target_config` is a `GpuTargetConfigProto` in text (openxla/xla,
    /// `xla/stream_executor/device_description.proto`); `topology` is slices × hosts × GPUs.
    @Override
    public List<Option.Text> options() {
      return List.of(
          new Option.Text("target_config", GpuDescription.text(kind, gpu)),
          new Option.Text("topology", "1x1x" + devices));
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public String text() {
      return "cuda:" + kind.text() + (devices == 1 ? "" : ":" + devices);
    }
  }

  /// A torus of TPU chips, one pod or a slice of it.
  record Tpu(Chip kind, List<Integer> shape) implements Target {
    public Tpu {
      shape = List.copyOf(shape);
    }

    @Override
    public Platform platform() {
      return Platform.TPU;
    }

    @Override
    public Optional<Chip> chip() {
      return Optional.of(kind);
    }

    @Override
    public int devices() {
      return kind.devices() * shape.stream().reduce(1, Math::multiplyExact);
    }

    @Override
    public String topology() {
      return (kind == Chip.V7X ? "tpu7x" : kind.text()) + ":" + dims();
    }

    @Override
    public List<Option.Text> options() {
      return List.of();
    }

    /// Returns the variables of the compilation: no metadata server is asked what the machine is,
    /// no other hosts are looked for, and no lock is taken: no TPU is used.
    @Override
    public Map<String, String> environment() {
      return Map.of(
          "TPU_SKIP_MDS_QUERY", "1",
          "TPU_WORKER_HOSTNAMES", "localhost",
          "ALLOW_MULTIPLE_LIBTPU_LOAD", "1");
    }

    private String dims() {
      return shape.stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    @Override
    public String text() {
      return "tpu:" + kind.text() + ":" + dims();
    }
  }

  /// Returns what `--target` names.
  ///
  /// @throws RunProblem with [Code#UNKNOWN_TARGET]
  static Target parse(String text) throws RunProblem {
    String[] parts = text.split(":", -1);
    Optional<Platform> platform = Platform.of(parts[0]);
    if (platform.isEmpty()) {
      throw unknown(text);
    }
    return switch (platform.get()) {
      case CPU -> parts.length > 2 ? fail(text) : new Cpu(count(text, parts, 1));
      case CUDA -> {
        Chip chip = chip(text, platform.get(), parts, 3);
        yield chip.make() instanceof Chip.Gpu gpu
            ? new Cuda(chip, gpu, count(text, parts, 2))
            : fail(text);
      }
      case TPU -> {
        Chip chip = chip(text, platform.get(), parts, 3);
        yield chip.make() instanceof Chip.Torus torus
            ? new Tpu(chip, shape(text, chip, torus, parts.length == 3 ? parts[2] : ""))
            : fail(text);
      }
    };
  }

  private static Target fail(String text) throws RunProblem {
    throw unknown(text);
  }

  private static Chip chip(String text, Platform platform, String[] parts, int most)
      throws RunProblem {
    Optional<Chip> chip =
        parts.length < 2 || parts.length > most ? Optional.empty() : Chip.of(platform, parts[1]);
    return chip.orElseThrow(() -> unknown(text));
  }

  private static int count(String text, String[] parts, int index) throws RunProblem {
    if (parts.length <= index) {
      return 1;
    }
    int count = number(parts[index]);
    if (count < 1 || count > MOST) {
      throw problem(
          "target `" + text + "`: the number of devices is from 1 to " + MOST,
          "`" + first(text) + ":8`");
    }
    return count;
  }

  private static String first(String text) {
    return text.substring(0, text.lastIndexOf(':'));
  }

  /// Returns a number of at most nine digits, or -1.
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  private static List<Integer> shape(String text, Chip chip, Chip.Torus torus, String dims)
      throws RunProblem {
    List<Integer> shape = Arrays.stream(dims.split("x", -1)).map(Target::number).toList();
    String example = "`tpu:" + chip.text() + ":" + (torus.axes() == 2 ? "4x4" : "4x4x4") + "`";
    if (shape.size() != torus.axes() || shape.stream().anyMatch(n -> n < 1)) {
      throw problem(
          "target `%s`: %s has chips along %d axes".formatted(text, chip.text(), torus.axes()),
          "as in " + example);
    }
    if (shape.stream().anyMatch(n -> n > torus.side())
        || shape.stream().mapToLong(n -> n).reduce(1, Math::multiplyExact) > torus.chips()) {
      throw problem(
          "target `%s`: a pod of %s has at most %d chips, %d along an axis"
              .formatted(text, chip.text(), torus.chips(), torus.side()),
          "as in " + example);
    }
    return shape;
  }

  private static RunProblem unknown(String text) {
    String help =
        candidates(text)
            .filter(c -> meant(text, c))
            .findFirst()
            .or(() -> Spelling.nearest(text, candidates(text)))
            .map(n -> "did you mean `" + n + "`? `girih targets` lists them")
            .orElse("`girih targets` lists them");
    return problem("unknown target `" + text + "`", help);
  }

  /// Returns whether the chip is right and the platform is not (`gpu:h100`, `v5e:4x4`), or the
  /// chip's name is cut short (`tpu:v5:4x4`).
  private static boolean meant(String text, String candidate) {
    String chip = candidate.substring(candidate.indexOf(':') + 1);
    String typed = text.substring(text.indexOf(':') + 1);
    int end = typed.indexOf(':') < 0 ? typed.length() : typed.indexOf(':');
    return !typed.isEmpty()
        && (chip.equals(typed)
            || chip.equals(text)
            || end > 1
                && candidate.startsWith(text.substring(0, text.length() - typed.length() + end)));
  }

  /// Returns the chips with what follows them in `text`.
  private static Stream<String> candidates(String text) {
    String[] parts = text.split(":", -1);
    String last = parts[parts.length - 1];
    String rest = parts.length > 1 && last.matches("[0-9x]+") ? ":" + last : "";
    Stream<String> chips =
        Stream.of(Platform.CUDA, Platform.TPU)
            .flatMap(p -> Chip.of(p).stream())
            .map(c -> c.platform().text() + ":" + c.text() + rest);
    return Stream.concat(Stream.of("cpu"), chips);
  }

  private static RunProblem problem(String message, String help) {
    return new RunProblem(Diagnostic.error(Code.UNKNOWN_TARGET, message).help(help));
  }

  /// Returns an example of each: one machine, and the whole pod.
  static List<Target> examples() {
    var cpu = Stream.<Target>of(new Cpu(1));
    var chips =
        Stream.of(Platform.CUDA, Platform.TPU)
            .flatMap(p -> Chip.of(p).stream())
            .map(
                c ->
                    switch (c.make()) {
                      case Chip.Gpu gpu -> (Target) new Cuda(c, gpu, 1);
                      case Chip.Torus torus ->
                          new Tpu(c, IntStream.range(0, torus.axes()).mapToObj(_ -> 4).toList());
                    });
    return Stream.concat(cpu, chips).toList();
  }
}
