package org.girih.cli.docs.tiny;

/// The tiny compiler's stages in a row.
public final class TinyPrograms {
  private TinyPrograms() {}

  private static Func compiled(String program) {
    return Transformations.pruned(Elaborator.main(new Parser(program).tree()));
  }

  /// Returns the module of a program.
  public static String hlo(String program) {
    return new Emitter(compiled(program)).text("tiny");
  }

  /// Returns the first element of what a program prints.
  public static double result(String program) {
    return Interpreter.run(compiled(program))[0];
  }
}
