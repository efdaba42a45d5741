package org.girih.cli.campaign;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.girih.cli.Session;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.host.array.HostArray;
import org.girih.host.file.DataFiles;

/// What is tried: an input is made of a seed, and a command is given it. Each ends with an exit
/// code that it may end with, and says an error where there is one.
enum Trials {
  /// Programs of the repository with words changed.
  SOURCES("f.girih", "check") {
    @Override
    byte[] input(Random random, Path folder) throws Exception {
      return Given.PROGRAMS.mutated(random).getBytes();
    }
  },
  /// Programs that are grown from nothing.
  GROWN("f.girih", "check") {
    @Override
    byte[] input(Random random, Path folder) {
      return SourceGrowth.program(random).getBytes();
    }
  },
  /// IR of the repository with words changed.
  IR("f.tir", "opt") {
    @Override
    byte[] input(Random random, Path folder) {
      return Given.IR.mutated(random).getBytes();
    }
  },
  /// Modules that are grown from nothing; their numbers are compared between plugins.
  MODULES("f.hlo.pb", "exec", "--trust") {
    @Override
    byte[] input(Random random, Path folder) {
      return HloGrowth.module(random).toByteArray();
    }

    @Override
    List<String> arguments(Path file) throws Exception {
      return Given.arguments(file);
    }
  },
  /// Grown modules with bytes changed, which may change an order into none: nothing is compared.
  BROKEN_MODULES("f.hlo.pb", "exec", "--trust") {
    @Override
    byte[] input(Random random, Path folder) {
      return Bytes.mutated(HloGrowth.module(random).toByteArray(), random);
    }

    @Override
    List<String> arguments(Path file) throws Exception {
      return Given.arguments(file);
    }
  },
  /// Files of arrays with bytes changed, loaded by a program.
  ARRAYS("f.girih", "run") {
    @Override
    byte[] input(Random random, Path folder) throws Exception {
      String name = List.of("a.npy", "a.npz", "a.safetensors").get(random.nextInt(3));
      Path file = folder.resolve(name);
      var arrays =
          name.endsWith("npy")
              ? Map.of("", HostArray.of(1f, 2, 3, 4).reshape(2, 2))
              : Map.of("a", HostArray.of(1f, 2, 3), "b", HostArray.of(0.5));
      DataFiles.write(file, new TreeMap<>(arrays));
      Files.write(file, Bytes.mutated(Files.readAllBytes(file), random));
      return ("let d = load(\"" + name + "\")\nprint(1)\n").getBytes();
    }
  },
  /// Artifacts without executables, with bytes changed.
  ARTIFACTS("f.girihx", "inspect") {
    @Override
    byte[] input(Random random, Path folder) throws Exception {
      return Bytes.mutated(Files.readAllBytes(Forgeries.artifact(folder)), random);
    }
  },
  /// Artifacts whose module or manifest was changed, and whose hash is right again, run.
  FORGED_ARTIFACTS("f.girihx", "run", "--trust", "--entry", "f", "--arg", "x=[1.0,2.0,3.0]") {
    @Override
    byte[] input(Random random, Path folder) throws Exception {
      return Forgeries.artifact(folder, random);
    }
  },
  /// Checkpoints with bytes changed, some with a right seal, that a run goes on from.
  CHECKPOINTS("f.girih", "run", "--resume") {
    @Override
    byte[] input(Random random, Path folder) throws Exception {
      return Forgeries.checkpoint(folder, random);
    }
  },
  /// Command lines of words that commands know.
  COMMANDS("f.girih", "") {
    @Override
    byte[] input(Random random, Path folder) {
      return "def f(x: f32[3]) = x * 2.0\nprint(f([1.0, 2.0, 3.0]))\n".getBytes();
    }

    @Override
    Session session(Random random, Path file) {
      var words = new ArrayList<String>();
      words.add(Given.COMMANDS.get(random.nextInt(Given.COMMANDS.size())));
      for (int i = random.nextInt(6); i > 0; i--) {
        String word = Given.WORDS.get(random.nextInt(Given.WORDS.size()));
        words.add(word.equals("FILE") ? file.toString() : word);
      }
      return Session.run(words.toArray(String[]::new));
    }
  };

  private final String file;
  private final List<String> command;

  Trials(String file, String... command) {
    this.file = file;
    this.command = List.of(command);
  }

  /// Returns the input of a seed, which is to be a file; other files may be written beside it.
  abstract byte[] input(Random random, Path folder) throws Exception;

  /// Whether results are compared between plugins.
  boolean compared() {
    return this == MODULES;
  }

  /// Returns what else the command is given.
  List<String> arguments(Path file) throws Exception {
    return List.of();
  }

  Session session(Random random, Path file) throws Exception {
    var words = new ArrayList<>(command);
    words.add(file.toString());
    words.addAll(arguments(file));
    return Session.run(words.toArray(String[]::new));
  }

  /// The file that the command is given.
  String file() {
    return file;
  }

  /// Tries a seed; returns one line: `ran` with the results, or `refused` with the code.
  ///
  /// @throws AssertionError if the command ended as none may end
  String run(long seed, Path folder) throws Exception {
    var random = new Random(seed);
    Path input = folder.resolve(file);
    Files.write(input, input(random, folder));
    Session session = session(random, input);
    String error = session.err().lines().filter(l -> l.startsWith("error[")).findFirst().orElse("");
    boolean usage = this == COMMANDS && session.code() == 2;
    if (session.code() == 0) {
      return "ran " + session.out().replace('\n', ' ').strip();
    }
    if (session.code() == 1 && !error.isEmpty() || usage) {
      return "refused " + (usage ? "usage" : error.substring(6, Math.min(11, error.length())));
    }
    throw new AssertionError("exit code " + session.code() + ": " + session.err());
  }

  /// What trials are made of.
  private static final class Given {
    static final Words PROGRAMS =
        words(".girih", "examples", "testdata/exec", "testdata/messages", "testdata/run");
    static final Words IR = words(".tir", "testdata/ops", "testdata/passes");
    static final List<String> COMMANDS =
        List.of(
            "run", "check", "show", "test", "bench", "inspect", "java", "opt", "explain", "exec");
    static final List<String> WORDS =
        List.of(
            "FILE",
            "FILE",
            "--entry",
            "f",
            "--arg",
            "x=[1.0,2.0,3.0]",
            "x=@none.npy",
            "--json",
            "--stage",
            "hlo",
            "ast",
            "optimized",
            "-O0",
            "-O7",
            "--check",
            "--profile",
            "--seconds",
            "0.01",
            "--output",
            "json",
            "-o",
            "",
            "\u001b[2J",
            "E0101",
            "--cost",
            "--pass",
            "cse");

    private static Words words(String end, String... folders) {
      try {
        return Words.of(end, folders);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /// Zeros and small numbers for each parameter of a module, as far as it can be read.
    static List<String> arguments(Path file) throws Exception {
      HloModuleProto module;
      try {
        module = HloModuleProto.parseFrom(Files.readAllBytes(file));
      } catch (InvalidProtocolBufferException _) {
        return List.of();
      }
      var out = new ArrayList<String>();
      for (int i = 0; i < module.getHostProgramShape().getParametersCount(); i++) {
        var shape = module.getHostProgramShape().getParameters(i);
        long count = 1;
        for (long size : shape.getDimensionsList()) {
          count = size < 0 || size > 10_000 ? 0 : Math.min(10_000, count * size);
        }
        var array = array(shape.getElementType().name(), (int) count);
        Path data = file.resolveSibling("p" + i + ".npy");
        long[] dims = shape.getDimensionsList().stream().mapToLong(d -> d).toArray();
        boolean fits = java.util.Arrays.stream(dims).reduce(1, (a, b) -> a * b) == count;
        DataFiles.write(data, new TreeMap<>(Map.of("", fits ? array.reshape(dims) : array)));
        out.addAll(List.of("--arg", i + "=@" + data));
      }
      return out;
    }

    private static HostArray array(String type, int count) {
      if (type.equals("S32")) {
        var ints = new int[count];
        java.util.Arrays.setAll(ints, i -> (i * 7) % 11 - 4);
        return HostArray.of(ints);
      }
      var floats = new float[count];
      for (int i = 0; i < count; i++) {
        floats[i] = (i * 5) % 13 - 6;
      }
      return HostArray.of(floats);
    }
  }
}
