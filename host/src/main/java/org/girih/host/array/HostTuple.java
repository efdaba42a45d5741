package org.girih.host.array;

import java.util.List;

/// `(a, b)`.
public record HostTuple(List<HostValue> elements) implements HostValue {
  public HostTuple {
    elements = List.copyOf(elements);
  }

  public static HostTuple of(HostValue... elements) {
    return new HostTuple(List.of(elements));
  }
}
