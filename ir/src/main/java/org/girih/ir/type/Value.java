package org.girih.ir.type;

/// A value of a function: defined once, by a parameter or an equation. Ids are dense from 0 within
/// one function and mean nothing outside of it.
public record Value(int id, ArrayType type) {
  @Override
  public int hashCode() {
    return id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value(int otherId, ArrayType otherType)
        && id == otherId
        && type.equals(otherType);
  }

  @Override
  public String toString() {
    return "%" + id;
  }
}
