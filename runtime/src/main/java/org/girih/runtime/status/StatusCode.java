package org.girih.runtime.status;

/// The codes of a PJRT error, in the order of `PJRT_Error_Code`: those of absl's status.
public enum StatusCode {
  OK,
  CANCELLED,
  UNKNOWN,
  INVALID_ARGUMENT,
  DEADLINE_EXCEEDED,
  NOT_FOUND,
  ALREADY_EXISTS,
  PERMISSION_DENIED,
  RESOURCE_EXHAUSTED,
  FAILED_PRECONDITION,
  ABORTED,
  OUT_OF_RANGE,
  UNIMPLEMENTED,
  INTERNAL,
  UNAVAILABLE,
  DATA_LOSS,
  UNAUTHENTICATED;

  private static final StatusCode[] ALL = values();

  /// Returns the code of a number; a number that this binding does not know is [#UNKNOWN].
  public static StatusCode of(long number) {
    return number >= 0 && number < ALL.length ? ALL[(int) number] : UNKNOWN;
  }
}
