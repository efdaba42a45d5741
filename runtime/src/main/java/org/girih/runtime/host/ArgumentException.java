package org.girih.runtime.host;

/// An argument that does not fit its parameter: wrong length, rank, sizes or dtype, or an array of
/// another device. Nothing was run.
public final class ArgumentException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String parameter;
  private final String expected;
  private final String given;

  ArgumentException(String function, String parameter, String expected, String given) {
    super(
        "parameter `"
            + parameter
            + "` of `"
            + function
            + "`: expected "
            + expected
            + ", given "
            + given);
    this.parameter = parameter;
    this.expected = expected;
    this.given = given;
  }

  /// Returns the path of the parameter: `x`, `params.w`.
  public String parameter() {
    return parameter;
  }

  /// Returns what it takes: `f32[n, 64] with n = 3`.
  public String expected() {
    return expected;
  }

  /// Returns what was passed: `f32[3, 32]`.
  public String given() {
    return given;
  }
}
