package org.girih.ir.op;

/// The name of a function of the program: `predict`, `loop.2`.
public record FuncRef(String name) implements Comparable<FuncRef> {
  @Override
  public int compareTo(FuncRef other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return "@" + name;
  }
}
