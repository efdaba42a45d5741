package org.girih.runtime.plugin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A package index in a folder: one small wheel, and a script in the place of `python3` whose pip
/// copies the wheel and counts how often it did.
record FakeIndex(Path folder, PluginPackage wanted, ByteArrayOutputStream said) {

  static FakeIndex in(Path folder) throws IOException {
    Path wheel = folder.resolve("fake_plugin-1.0.whl");
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      zip.putNextEntry(new ZipEntry("fake/fake.so"));
      zip.write(
          Files.readAllBytes(
              Path.of("target/classes/org/girih/runtime/pjrt/linux-x86_64/libjniShim.so")));
      zip.putNextEntry(new ZipEntry("fake/include/pjrt_c_api.h"));
      zip.write("// the header\n".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("fake_plugin-1.0.dist-info/licenses/LICENSE"));
      zip.write("Do what you like.\n".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("nvidia/bin/tool"));
      zip.write("#!/bin/sh\n".getBytes(StandardCharsets.UTF_8));
    }
    var wanted =
        PluginPackage.of(
            "fake",
            "fake-plugin",
            "1.0",
            InstalledPlugin.sha256(wheel),
            "fake/fake.so",
            "fake/include/pjrt_c_api.h",
            1,
            1);
    var index = new FakeIndex(folder, wanted, new ByteArrayOutputStream());
    index.script("");
    return index;
  }

  /// A cache that fetches from here; each call makes another one over the same folder.
  PluginCache cache() {
    return new PluginCache(folder.resolve("cache"), progress(), new Pip(python().toString()));
  }

  PrintStream progress() {
    return new PrintStream(said, true, StandardCharsets.UTF_8);
  }

  String saidText() {
    return said.toString(StandardCharsets.UTF_8);
  }

  Path wheel() {
    return folder.resolve("fake_plugin-1.0.whl");
  }

  private Path python() {
    return folder.resolve("python3");
  }

  /// Makes pip copy the wheel into the folder after `-d`, after running `first`.
  void script(String first) throws IOException {
    write(
        first
            + "\necho download >> '"
            + folder.resolve("downloads")
            + "'\nfor last; do :; done\ncp '"
            + wheel()
            + "' \"$last\"\n");
  }

  /// Makes pip print `output` and exit with `status`.
  void pipSays(String output, int status) throws IOException {
    Files.writeString(folder.resolve("output"), output);
    write("cat '" + folder.resolve("output") + "'\nexit " + status + "\n");
  }

  private void write(String body) throws IOException {
    Files.deleteIfExists(python());
    Files.createFile(
        python(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(python(), "#!/bin/sh\n" + body);
  }

  long downloads() throws IOException {
    Path count = folder.resolve("downloads");
    return Files.exists(count) ? Files.readAllLines(count).size() : 0;
  }
}
