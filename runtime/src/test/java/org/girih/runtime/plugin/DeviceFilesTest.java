package org.girih.runtime.plugin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceFilesTest {
  @TempDir Path root;

  @Test
  void driversMakeFiles() throws IOException {
    assertTrue(DeviceFiles.present(Platform.CPU, root));
    assertFalse(DeviceFiles.present(Platform.CUDA, root));
    assertFalse(DeviceFiles.present(Platform.TPU, root));
    Files.createDirectories(root.resolve("dev/vfio"));
    Files.createFile(root.resolve("dev/vfio/0"));
    Files.createFile(root.resolve("dev/nvidia0"));
    assertTrue(DeviceFiles.present(Platform.CUDA, root));
    assertTrue(DeviceFiles.present(Platform.TPU, root));
  }
}
