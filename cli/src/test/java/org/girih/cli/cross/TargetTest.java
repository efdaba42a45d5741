package org.girih.cli.cross;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.girih.host.run.RunProblem;
import org.girih.ir.diagnostic.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `--target` takes, and what it says to the rest.
class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "cpu, cpu, 1, ''",
    "cpu:1, cpu, 1, ''",
    "cpu:8, cpu:8, 8, ''",
    "cuda:h100, cuda:h100, 1, ''",
    "cuda:a100:8, cuda:a100:8, 8, ''",
    "tpu:v3:32x32, tpu:v3:32x32, 2048, v3:32x32", // two cores a chip
    "tpu:v5e:16x16, tpu:v5e:16x16, 256, v5e:16x16",
    "tpu:v5p:8x8x8, tpu:v5p:8x8x8, 512, v5p:8x8x8",
    "tpu:v4:8x8x16, tpu:v4:8x8x16, 2048, v4:8x8x16",
    "tpu:7x:4x4x4, tpu:7x:4x4x4, 128, tpu7x:4x4x4",
  })
  void knownOnes(String given, String text, int devices, String topology) throws RunProblem {
    Target target = Target.parse(given);
    assertEquals(text, target.text());
    assertEquals(devices, target.devices());
    assertEquals(topology, target.topology());
    assertEquals(target, Target.parse(target.text()));
  }

  @ParameterizedTest
  @CsvSource({
    "tpu:v5:4x4, did you mean `tpu:v5e:4x4`",
    "gpu:h100, did you mean `cuda:h100`",
    "gpu:h100:8, did you mean `cuda:h100:8`",
    "v5e:4x4, did you mean `tpu:v5e:4x4`",
    "h200, did you mean `cuda:h200`",
    "cuda:h10, did you mean `cuda:h100`",
    "cuda:h101, did you mean `cuda:h100`",
    "cuda, `girih targets` lists them",
    "cpi, did you mean `cpu`",
    "'', `girih targets` lists them",
    "':', `girih targets` lists them",
    "vax, `girih targets` lists them",
    "cpu:4:4, `girih targets` lists them",
    "tpu:v5e:4x4:4, `girih targets` lists them",
    "cpu:0, `cpu:8`",
    "cpu:-1, `cpu:8`",
    "cpu:99999999999, `cpu:8`",
    "cuda:h100:0, `cuda:h100:8`",
    "tpu:v5e, as in `tpu:v5e:4x4`",
    "tpu:v5e:4, as in `tpu:v5e:4x4`",
    "tpu:v5e:4x4x4, as in `tpu:v5e:4x4`",
    "tpu:v5e:0x2, as in `tpu:v5e:4x4`", // libtpu would divide by it
    "tpu:v5e:-1x2, as in `tpu:v5e:4x4`",
    "tpu:v5e:32x32, as in `tpu:v5e:4x4`", // libtpu would end the process
    "tpu:v5p:4x4, as in `tpu:v5p:4x4x4`",
    "tpu:v5p:64x64x64, as in `tpu:v5p:4x4x4`",
    "tpu:v3:64x64, as in `tpu:v3:4x4`",
    "tpu:v5e:4x4 , as in `tpu:v5e:4x4`",
  })
  void othersWithAWayOut(String given, String help) {
    if (given.equals("tpu:v5e:4x4")) {
      given += " "; // CSV strips it
    }
    String text = given;
    var diagnostic = assertThrows(RunProblem.class, () -> Target.parse(text)).diagnostic();
    assertEquals(Code.UNKNOWN_TARGET, diagnostic.code());
    assertTrue(diagnostic.help().toString().contains(help), diagnostic.help().toString());
  }

  @Test
  void everyExampleParses() throws RunProblem {
    for (Target target : Target.examples()) {
      assertEquals(target, Target.parse(target.text()));
    }
  }

  @Test
  void whatTheCompilerOfAGpuIsTold() throws RunProblem {
    var options = Target.parse("cuda:h100:4").options();
    String config = options.get(0).value();
    assertTrue(config.contains("cuda_compute_capability { major: 9 minor: 0 }"), config);
    assertTrue(config.contains("core_count: 132"), config);
    assertTrue(config.contains("shared_memory_per_block_optin: 232448"), config); // 227 kB
    assertEquals("1x1x4", options.get(1).value());
  }

  @Test
  void figuresAreThoseOfADevice() {
    assertEquals(16L << 30, Chip.V3.memory()); // half of a chip's
    assertEquals(61.5e12, Chip.V3.flops());
    assertEquals(197e12, Chip.V5E.flops());
  }
}
