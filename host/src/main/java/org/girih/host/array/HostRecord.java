package org.girih.host.array;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// `{w: …, b: …}`, in the order written. Two records are equal whatever that order.
public record HostRecord(SequencedMap<String, HostValue> fields) implements HostValue {
  public HostRecord {
    fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
  }

  public static HostRecord of(Map<String, ? extends HostValue> fields) {
    return new HostRecord(new LinkedHashMap<>(fields));
  }
}
