package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `girih` of an unpacked distribution, with a `java` that says what it was asked: it
/// makes an archive of classes where it is told to, and prints its options otherwise.
class LauncherTest {
  private static final String JAVA =
      """
      #!/bin/sh
      for option; do
        case $option in
          -XX:AOTMode=create) create=1 ;;
          -XX:AOTMode=record) exit 0 ;;
          -XX:AOTCache=*) archive=${option#*=} ;;
        esac
      done
      if [ -n "${create:-}" ]; then
        echo made >"$archive"
        echo made >>"$JAVA_HOME/log"
      else
        echo "$@"
        echo "malloc $MALLOC_ARENA_MAX $MALLOC_MMAP_THRESHOLD_ $MALLOC_TRIM_THRESHOLD_" \
          >"$JAVA_HOME/malloc"
        echo "${LC_ALL-}" >"$JAVA_HOME/locale"
      fi
      """;

  @TempDir private Path folder;
  private Path archive;

  @BeforeEach
  void unpack() throws IOException {
    for (String each : List.of("dist/bin", "dist/lib", "dist/examples", "jdk/bin")) {
      Files.createDirectories(folder.resolve(each));
    }
    Files.copy(Session.ROOT.resolve("girih"), folder.resolve("dist/bin/girih"));
    Files.writeString(folder.resolve("dist/lib/girih-cli.jar"), "");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    executable(folder.resolve("jdk/bin/java"), JAVA);
    executable(folder.resolve("jdk/bin/javac"), "#!/bin/sh\n");
    archive = folder.resolve("dist/girih.aot");
  }

  private static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// What `java` printed: its options.
  private String run(String... args) throws Exception {
    return run(Map.of(), args);
  }

  private String run(Map<String, String> variables, String... args) throws Exception {
    var command = new java.util.ArrayList<>(List.of(folder.resolve("dist/bin/girih").toString()));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().keySet().removeIf(k -> k.startsWith("MALLOC_"));
    builder.environment().remove("GIRIH_JAVA_OPTS");
    builder.environment().putAll(variables);
    return out(0, builder);
  }

  private static String out(int code, ProcessBuilder builder) throws Exception {
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(code, process.exitValue(), out);
    return out;
  }

  /// How often an archive was made.
  private long made() throws IOException {
    Path log = folder.resolve("jdk/log");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  @Test
  void withoutAnArchiveItRunsAllTheSame() throws Exception {
    String out = run("check", "f.girih");
    assertTrue(out.contains("org.girih.cli.command.Girih check f.girih"), out);
    assertFalse(out.contains("AOTCache"), out);
    assertEquals(0, made());
  }

  @Test
  void freedMemoryIsKeptUnlessTheUserSaysOtherwise() throws Exception {
    run("check", "f.girih");
    assertEquals("malloc 1 1073741824 536870912\n", Files.readString(folder.resolve("jdk/malloc")));
    run(Map.of("MALLOC_ARENA_MAX", "4", "MALLOC_TRIM_THRESHOLD_", ""), "check", "f.girih");
    assertEquals("malloc 4 1073741824 \n", Files.readString(folder.resolve("jdk/malloc")));
  }

  @Test
  void theArchiveThatWasMadeIsTaken() throws Exception {
    run("--train");
    assertEquals(1, made());
    String out = run("check", "f.girih");
    assertTrue(out.contains("-XX:AOTCache=" + archive), out);
    assertTrue(run("check", "f.girih").contains("AOTCache"));
    assertEquals(1, made());
  }

  @Test
  void oneThatWasChangedIsMadeAnewSilently() throws Exception {
    run("--train");
    Files.writeString(archive, "cut");
    var later = Files.getLastModifiedTime(folder.resolve("dist/aot.made")).toMillis() + 5000;
    Files.setLastModifiedTime(archive, FileTime.fromMillis(later));
    String out = run("check", "f.girih");
    assertEquals(1, out.lines().count(), out);
    assertTrue(out.contains("-XX:AOTCache=" + archive), out);
    assertEquals("made\n", Files.readString(archive));
    assertEquals(2, made());
    assertTrue(run("check", "f.girih").contains("AOTCache"));
    assertEquals(2, made());
    Files.setLastModifiedTime(archive, FileTime.fromMillis(0));
    assertTrue(run("check", "f.girih").contains("AOTCache"));
    assertEquals(3, made());
    Files.delete(folder.resolve("dist/aot.made"));
    assertTrue(run("check", "f.girih").contains("AOTCache"));
    assertEquals(4, made());
  }

  private String locale(Map<String, String> variables) throws Exception {
    var all = new java.util.HashMap<>(Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", ""));
    all.putAll(variables);
    run(all, "check", "f.girih");
    return Files.readString(folder.resolve("jdk/locale")).strip();
  }

  /// In the locale C the JVM takes no path that is not ASCII.
  @Test
  void pathsAreUtf8WhereThereIsNoLocale() throws Exception {
    assertEquals("C.UTF-8", locale(Map.of("LC_ALL", "C")));
    assertEquals("C.UTF-8", locale(Map.of("LC_ALL", "POSIX")));
    assertEquals("C.UTF-8", locale(Map.of("LANG", "C")));
    assertEquals("C.UTF-8", locale(Map.of()));
    assertEquals("C.UTF-8", locale(Map.of("LANG", "C.UTF-8", "LC_CTYPE", "C")));
    assertEquals("", locale(Map.of("LANG", "C.UTF-8")));
    assertEquals("C.utf8", locale(Map.of("LC_ALL", "C.utf8")));
    // Locales that are not installed, some with an é of one byte.
    for (String absent : List.of("xx_XX.ISO-8859-1", "xx_XX.ISO-8859-15", "xx_XX.eucJP")) {
      assertEquals("C.UTF-8", locale(Map.of("LC_ALL", absent)), absent);
      assertEquals("C.UTF-8", locale(Map.of("LANG", absent)), absent);
    }
  }

  /// The archive's objects have no room in a small heap, where the JVM would end.
  @Test
  void smallHeaps() throws Exception {
    run("--train");
    for (String small : List.of("-Xmx16m", "-Xmx9000000", "-XX:MaxHeapSize=20480K -Da=b")) {
      String out = run(Map.of("GIRIH_JAVA_OPTS", small), "check", "f.girih");
      assertFalse(out.contains("AOTCache"), out);
      assertTrue(out.contains("-Xlog:disable"), out);
    }
    for (String large : List.of("-Xmx2g", "-Xmx16m -Xmx100m", "-Xmx65536k", "-Xmxabc", "-Xms16m")) {
      assertTrue(
          run(Map.of("GIRIH_JAVA_OPTS", large), "check", "f.girih").contains("AOTCache"), large);
    }
    String script = folder.resolve("dist/bin/girih").toString();
    var builder = new ProcessBuilder(script, "check", "f.girih").redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("GIRIH_JAVA_OPTS", "-Xmx1m");
    assertEquals(
        """
        error[E0716]: GIRIH_JAVA_OPTS allows a heap of 1048576 bytes, and Girih needs 8 MiB
           = help: write -Xmx64m, or more
        """,
        out(1, builder));
  }

  private String limited(String limit) throws Exception {
    String script = folder.resolve("dist/bin/girih").toString();
    var builder =
        new ProcessBuilder("bash", "-c", limit + "; exec \"$0\" check f.girih", script)
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    return out(1, builder);
  }

  @Test
  void limitsThatAreTooLowAreNamed() throws Exception {
    String files = limited("ulimit -n 16");
    assertTrue(files.startsWith("error[E0716]: the system allows 16 open files, and "), files);
    assertTrue(files.contains("help: raise the limit: ulimit -n 1024"), files);
    String memory = limited("ulimit -v 4000000");
    assertTrue(
        memory.startsWith("error[E0716]: the system allows 4096 MB of address space"), memory);
    assertTrue(memory.contains("ulimit -v unlimited"), memory);
  }

  @Test
  void reportsOfACrashLieInTheCache() throws Exception {
    Path cache = folder.resolve("new/cache");
    String out = run(Map.of("GIRIH_CACHE", cache.toString()), "check", "f.girih");
    assertTrue(out.contains("-XX:ErrorFile=" + cache + "/hs_err_pid%p.log"), out);
    assertTrue(out.contains("-XX:ReplayDataFile=" + cache + "/replay_pid%p.log"), out);
    assertTrue(Files.isDirectory(cache));
    String none = run(Map.of("GIRIH_CACHE", "/proc/none", "TMPDIR", "/tmp"), "check", "f.girih");
    assertTrue(none.contains("-XX:ErrorFile=/tmp/hs_err_pid%p.log"), none);
  }

  @Test
  void anArchiveOfOlderJarsIsMadeAgainOnce() throws Exception {
    run("--train");
    var later = Files.getLastModifiedTime(archive).toMillis() - 5000;
    Files.setLastModifiedTime(archive, FileTime.fromMillis(later));
    Files.setLastModifiedTime(folder.resolve("dist/aot.made"), FileTime.fromMillis(later));
    assertTrue(run("check", "f.girih").contains("-XX:AOTCache=" + archive));
    assertEquals(2, made());
    run("check", "f.girih");
    assertEquals(2, made());
  }

  @Test
  void inACloneWhatHasChangedIsBuilt() throws Exception {
    Path clone = folder.resolve("clone");
    List<String> sources =
        List.of("pom.xml", "cli/pom.xml", "cli/src/main/A.java", "library/girih/a.girih");
    for (String each : sources) {
      Files.createDirectories(clone.resolve(each).getParent());
      Files.writeString(clone.resolve(each), "");
    }
    Files.createDirectories(clone.resolve("cli/target/girih/lib"));
    Files.writeString(clone.resolve("cli/target/girih/lib/girih-cli.jar"), "");
    Files.copy(Session.ROOT.resolve("girih"), clone.resolve("girih"));
    Files.createDirectories(folder.resolve("tools"));
    Path log = folder.resolve("mvn.log");
    executable(folder.resolve("tools/mvn"), "#!/bin/sh\necho \"$@\" >>'" + log + "'\n");
    executable(folder.resolve("tools/g++"), "#!/bin/sh\n");
    for (String each : List.of("nothing", "library/girih/a.girih", "cli/src/main/A.java")) {
      int builds = Files.exists(log) ? Files.readAllLines(log).size() : 0;
      if (builds > 0) {
        var later = Files.getLastModifiedTime(clone.resolve("cli/target/girih/stamp")).toMillis();
        Files.setLastModifiedTime(clone.resolve(each), FileTime.fromMillis(later + 2000));
      }
      clone(clone);
      assertEquals(builds + 1, Files.readAllLines(log).size(), each);
      if (builds > 0) {
        Files.setLastModifiedTime(clone.resolve(each), FileTime.fromMillis(0));
      }
      clone(clone);
      assertEquals(builds + 1, Files.readAllLines(log).size(), "nothing changed after " + each);
    }
    assertTrue(Files.readAllLines(log).getFirst().contains("-Dmaven.test.skip"));
  }

  private void clone(Path clone) throws Exception {
    var builder =
        new ProcessBuilder(clone.resolve("girih").toString(), "check", "f.girih")
            .redirectErrorStream(true);
    var variables = builder.environment();
    variables.put("JAVA_HOME", folder.resolve("jdk").toString());
    variables.put("PATH", folder.resolve("tools") + ":" + variables.get("PATH"));
    variables.put("GIRIH_PJRT_PLUGIN", "/dev/null");
    variables.remove("GIRIH_NO_BUILD");
    out(0, builder);
  }
}
