package org.girih.runtime.pjrt;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.bytedeco.javacpp.tools.Builder;

/// The build's step between compiling [Shim] and running it: has JavaCPP generate and compile the
/// native library beside the classes. Does nothing when neither the C++ files nor [Shim] has
/// changed. No plugin is needed: what the shim calls of one is declared in `pjrt_abi.hpp`.
///
/// It runs in a process of its own, since JavaCPP loads the classes that it generates for and
/// Maven's JVM may be too old for them.
final class BuildShim {
  private BuildShim() {}

  /// @param arguments the folder of the C++ files, and the folder of the compiled classes
  public static void main(String[] arguments) throws Exception {
    Path sources = Path.of(arguments[0]);
    Path classes = Path.of(arguments[1]);
    build(sources, classes, System.err);
  }

  private static void build(Path sources, Path classes, PrintStream say) throws Exception {
    Path folder = classes.resolve("org/girih/runtime/pjrt");
    Path stamp = folder.resolveSibling("shim.inputs");
    String inputs =
        hash(
                sources.resolve("pjrt_shim.hpp"),
                sources.resolve("pjrt_abi.hpp"),
                sources.resolve("ffi_shim.hpp"),
                sources.resolve("lapack_shim.hpp"),
                sources.resolve("ffi_abi.hpp"),
                folder.resolve("Shim.class"))
            + Builder.class.getPackage().getImplementationVersion();
    Path library = folder.resolve("linux-x86_64/libjniShim.so");
    if (Files.isRegularFile(library)
        && Files.isRegularFile(stamp)
        && Files.readString(stamp).equals(inputs)) {
      return;
    }
    requireCompiler(say);
    Files.deleteIfExists(stamp);
    say.println("girih: compiling the native shim with g++");
    System.setProperty(
        "org.bytedeco.javacpp.cachedir", classes.resolveSibling("javacpp").toString());
    Builder.main(
        new String[] {
          "-classpath",
          classes.toString(),
          "-Dplatform.includepath=" + sources,
          Shim.class.getName()
        });
    if (!Files.isRegularFile(library)) {
      say.println("girih: g++ made no " + library);
      System.exit(1);
    }
    Files.writeString(stamp, inputs);
  }

  private static void requireCompiler(PrintStream say) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("g++", "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor() == 0) {
        return;
      }
    } catch (IOException _) {
      // Said below: it is not there.
    }
    say.println("girih: g++ is not found; install it (Debian: apt install g++) and build again");
    System.exit(1);
  }

  private static String hash(Path... files) throws IOException, NoSuchAlgorithmException {
    var digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files) {
      digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
