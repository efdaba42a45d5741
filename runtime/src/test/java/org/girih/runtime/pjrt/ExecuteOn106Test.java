package org.girih.runtime.pjrt;

import org.girih.runtime.plugin.PluginPackage;
import org.junit.jupiter.api.Tag;

/// [ExecuteTest] on a CPU plugin that is older than the default one.
@Tag("full")
class ExecuteOn106Test extends ExecuteTest {
  @Override
  PluginPackage plugin() {
    return PluginPackage.CPU_106;
  }
}
