package org.girih.runtime.pjrt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// XLA says nothing on standard error when a program in Java starts it, unless it is asked to.
class QuietTest {
  private static final String VARIABLE = "TF_CPP_MIN_LOG_LEVEL";

  /// Another process: loads the plugin, compiles a module and runs it.
  static final class Run {
    private Run() {}

    public static void main(String[] arguments) {
      try (var client = Client.create(PluginFixture.plugin(PluginPackage.CPU));
          var add =
              PluginFixture.compile(client, "add", PluginFixture.f32(3), PluginFixture.f32(3));
          var x = PluginFixture.buffer(client, 1, 2, 3);
          var sum = add.execute(x, x)[0]) {
        System.out.println(PluginFixture.floats(sum)[2]);
      }
    }
  }

  /// Else the processes would say that they fetch it.
  @BeforeAll
  static void install() {
    PluginFixture.installed(PluginPackage.CPU);
  }

  private static String errors(String level) throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Run.class.getName());
    var builder = new ProcessBuilder(command);
    builder.environment().remove(VARIABLE);
    if (level != null) {
      builder.environment().put(VARIABLE, level);
    }
    Process process = builder.start();
    // Neither stream is long enough to fill its pipe.
    String errors = new String(process.getErrorStream().readAllBytes());
    assertEquals("6.0", new String(process.getInputStream().readAllBytes()).strip(), errors);
    assertEquals(0, process.waitFor());
    return errors;
  }

  @Test
  void nothingIsLogged() throws IOException, InterruptedException {
    assertEquals("", errors(null));
  }

  @Test
  void theLevelOfTheUserStays() throws IOException, InterruptedException {
    String errors = errors("0");
    assertTrue(errors.contains(".cc:"), errors);
  }
}
