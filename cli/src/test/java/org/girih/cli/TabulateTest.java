package org.girih.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabulateTest {
  @TempDir private Path folder;

  /// By hand: 2 · 2 · 3 · 8 + 2 · 8 = 112 and 2 · 2 · 8 · 4 + 2 · 4 = 136 operations, as Flax says
  /// too; relu's comparison and choice are none.
  @Test
  void aRowForEachModule() throws IOException {
    String program =
        """
        import nn
        module MLP()(x) = nn.Dense(4)(nn.relu(nn.Dense(8)(x)))
        print(tabulate(MLP(), random.key(0), ones((2, 3))))
        """;
    Session session =
        Session.run("run", Files.writeString(folder.resolve("t.girih"), program).toString());
    assertEquals(
        """
        path     module  inputs     outputs    parameters                       operations
        ----------------------------------------------------------------------------------
                 MLP     f32[2, 3]  f32[2, 4]                                          248
        Dense_1  Dense   f32[2, 3]  f32[2, 8]  bias: f32[8], kernel: f32[3, 8]         112
        Dense_0  Dense   f32[2, 8]  f32[2, 4]  bias: f32[4], kernel: f32[8, 4]         136
        68 parameters, 272 bytes
        """,
        session.out());
  }
}
