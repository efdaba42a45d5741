package org.girih.runtime.pjrt;

import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;

/// [ExecuteTest] on the oldest CPU plugin that is supported.
@Tag("full")
class ExecuteOn81Test extends ExecuteTest {
  @Override
  PluginPackage plugin() {
    return PluginPackage.CPU_81;
  }
}
