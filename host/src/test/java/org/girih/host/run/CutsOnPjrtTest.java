package org.girih.host.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.rewrite.Cuts;
import org.girih.hlo.verify.HloLimits;
import org.girih.hlo.verify.HloVerifier;
import org.girih.passes.golden.TestData;
import org.girih.passes.golden.Tolerances;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Plugin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/// `testdata/ops/*/exec.tir` with a call wherever one may be put, in loops and branches too: the
/// modules are well formed, and the results are JAX's.
@Tag("golden")
class CutsOnPjrtTest {
  private static Client client;

  @BeforeAll
  static void open() throws Exception {
    client = Client.create(Plugin.load(Machines.defaultPlugin()));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCutIsRight() {
    Tolerances tolerances = Tolerances.read();
    return TestData.chosen(TestData.ops())
        .map(
            folder ->
                DynamicTest.dynamicTest(
                    folder.getFileName().toString(),
                    () ->
                        OpsOnPjrtTest.hold(
                            folder,
                            tolerances,
                            (program, entry, in) ->
                                ProgramRun.execute(
                                    client, program, entry, in, CutsOnPjrtTest::cut))));
  }

  private static HloModuleProto cut(HloModuleProto module) {
    HloModuleProto cut = Cuts.of(module, 1);
    assertEquals(List.of(), HloVerifier.verify(cut, HloLimits.none()));
    return cut;
  }
}
