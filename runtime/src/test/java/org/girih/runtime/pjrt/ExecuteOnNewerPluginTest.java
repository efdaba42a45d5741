package org.girih.runtime.pjrt;

import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;

/// [ExecuteTest] on the newer of the two CPU plugins.
@Tag("full")
class ExecuteOnNewerPluginTest extends ExecuteTest {
  @Override
  PluginPackage plugin() {
    return PluginPackage.CPU_NEWER;
  }
}
