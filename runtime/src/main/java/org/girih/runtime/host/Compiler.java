package org.girih.runtime.host;

import java.util.List;
import org.girih.runtime.artifact.Signature;
import org.girih.runtime.pjrt.Shape;

/// Compiles functions whose sizes are not numbers, for the sizes of a call. `girih-embed` has one.
public interface Compiler {
  /// A module.
  ///
  /// @param hlo the bytes of an `HloModuleProto`
  /// @param inputs the numbers of the function's inputs that its parameters are, in order
  record Module(byte[] hlo, List<Integer> inputs) {}

  /// Returns the module of a function at some shapes.
  ///
  /// @param inputs the shapes of all its inputs, in the order of its signature
  /// @throws IllegalArgumentException if the function cannot have these sizes; its message states
  ///     why
  Module compile(Signature function, List<Shape> inputs);
}
