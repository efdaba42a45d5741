package org.girih.passes.check;

import java.util.ArrayList;
import java.util.List;
import org.girih.ir.op.Bits;
import org.girih.ir.op.Builder;
import org.girih.ir.op.Compare;
import org.girih.ir.op.ComplexPart;
import org.girih.ir.op.Concatenate;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Iota;
import org.girih.ir.op.Reduce;
import org.girih.ir.op.Slice;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;

/// Collects what is found in one function under construction, in the order in which its equations
/// run: each finding is a flag, a record and its values. The first whose flag is set is what the
/// function returns; a record of zeros if none is.
final class CheckRecords {
  private final Builder b;
  private final int loops;
  private final List<Value> flags = new ArrayList<>();
  private final List<Value> records = new ArrayList<>();
  private final List<Value> values = new ArrayList<>();

  /// @param loops how many loops a record here has room for
  CheckRecords(Builder b, int loops) {
    this.b = b;
    this.loops = loops;
  }

  static ArrayType recordType(int loops) {
    return ArrayType.of(DType.I32, Checked.LOOPS + 2L * loops);
  }

  static ArrayType valuesType() {
    return ArrayType.of(DType.F64, Checked.SHOWN);
  }

  /// Adds a site of this function: an element of `bad`, if any, the first in row-major order.
  ///
  /// @param shown arrays of the dims of `bad`, whose elements there are the values
  void add(int site, boolean user, Value bad, List<Value> shown) {
    int n = Math.toIntExact(bad.type().elements().known().orElseThrow());
    Value flag;
    Value place;
    if (bad.type().isScalar()) {
      flag = bad;
      place = b.position(0);
    } else {
      Value flat = b.reshape(bad, List.of(Dim.of(n)));
      Value numbers = b.emit1(new Iota(DType.I32, flat.type().dims(), 0));
      place =
          b.emit1(
              new Reduce(Reduce.Monoid.MIN, List.of(0)),
              b.select(flat, numbers, b.fill(numbers, n)));
      flag = b.compare(Compare.LT, place, b.position(n));
    }
    var entries = new ArrayList<Value>();
    entries.add(one(b.position(site)));
    entries.add(one(place));
    entries.add(one(b.position(user ? site : 0)));
    flags.add(flag);
    records.add(padded(concat(entries)));
    values.add(values(shown, n, place));
  }

  private Value values(List<Value> shown, int n, Value place) {
    var out = new ArrayList<Value>();
    for (Value each : shown) {
      Value flat = b.reshape(each, List.of(Dim.of(n)));
      Value element =
          n == 1
              ? flat
              : b.emit(new DynamicSlice(List.of(Dim.of(1))), List.of(flat, place)).getFirst();
      if (each.type().dtype().complex()) {
        out.add(b.convert(b.emit1(ComplexPart.REAL, element), DType.F64));
        out.add(b.convert(b.emit1(ComplexPart.IMAG, element), DType.F64));
      } else {
        out.add(b.convert(element, DType.F64));
      }
    }
    if (out.size() < Checked.SHOWN) {
      out.add(b.zeros(ArrayType.of(DType.F64, Checked.SHOWN - out.size())));
    }
    return concat(out);
  }

  /// Adds what a called function or a loop returned.
  void add(Value record, Value its) {
    flags.add(found(b, record));
    records.add(padded(record));
    values.add(its);
  }

  /// Adds the same where a condition holds.
  void add(Value condition, Value record, Value its) {
    flags.add(b.emit1(Bits.AND, condition, found(b, record)));
    records.add(padded(record));
    values.add(its);
  }

  /// Returns the record and the values of the first finding.
  List<Value> first() {
    int n = flags.size();
    if (n == 0) {
      return List.of(b.zeros(recordType(loops)), b.zeros(valuesType()));
    }
    Value any = flags.getFirst();
    Value record = records.getFirst();
    Value its = values.getFirst();
    if (n > 1) {
      Value all = concat(flags.stream().map(this::one).toList());
      Value numbers = b.emit1(new Iota(DType.I32, List.of(Dim.of(n)), 0));
      Value at =
          b.emit1(
              new Reduce(Reduce.Monoid.MIN, List.of(0)),
              b.select(all, numbers, b.fill(numbers, n)));
      any = b.compare(Compare.LT, at, b.position(n));
      record = row(records, at);
      its = row(values, at);
    }
    return List.of(b.select(any, record, b.fill(record, 0)), b.select(any, its, b.fill(its, 0)));
  }

  private Value row(List<Value> rows, Value at) {
    Dim width = rows.getFirst().type().dim(0);
    Value all = concat(rows.stream().map(r -> b.reshape(r, List.of(Dim.of(1), width))).toList());
    Value row =
        b.emit(new DynamicSlice(List.of(Dim.of(1), width)), List.of(all, at, b.position(0)))
            .getFirst();
    return b.reshape(row, List.of(width));
  }

  /// Returns whether a record reports something.
  static Value found(Builder b, Value record) {
    return b.compare(Compare.NE, entry(b, record, Checked.SITE), b.position(0));
  }

  private static Value entry(Builder b, Value record, int at) {
    return b.reshape(part(b, record, at, at + 1L), List.of());
  }

  private static Value part(Builder b, Value record, long from, long to) {
    return b.emit1(new Slice(List.of(Dim.of(from)), List.of(Dim.of(to)), List.of(1L)), record);
  }

  /// Returns a record with an iteration of a loop around it.
  static Value in(Builder b, Value record, int loop, Value iteration) {
    long size = size(record);
    var parts = new ArrayList<Value>();
    parts.add(part(b, record, 0, Checked.LOOPS));
    parts.add(b.reshape(b.position(loop), List.of(Dim.of(1))));
    parts.add(b.reshape(iteration, List.of(Dim.of(1))));
    if (size > Checked.LOOPS) {
      parts.add(part(b, record, Checked.LOOPS, size));
    }
    return b.emit(new Concatenate(0), parts).getFirst();
  }

  /// Returns a record that states where in the user's program it came up, if it did not yet.
  static Value by(Builder b, Value record, int call) {
    Value user = entry(b, record, Checked.USER);
    Value named = b.select(b.compare(Compare.EQ, user, b.position(0)), b.position(call), user);
    long size = size(record);
    var parts = new ArrayList<Value>();
    parts.add(part(b, record, 0, Checked.USER));
    parts.add(b.reshape(named, List.of(Dim.of(1))));
    if (size > Checked.LOOPS) {
      parts.add(part(b, record, Checked.LOOPS, size));
    }
    return b.emit(new Concatenate(0), parts).getFirst();
  }

  private static long size(Value record) {
    return record.type().dim(0).known().orElseThrow();
  }

  private Value padded(Value record) {
    long missing = Checked.LOOPS + 2L * loops - size(record);
    return missing == 0
        ? record
        : concat(List.of(record, b.zeros(ArrayType.of(DType.I32, missing))));
  }

  private Value one(Value scalar) {
    return b.reshape(scalar, List.of(Dim.of(1)));
  }

  private Value concat(List<Value> parts) {
    return parts.size() == 1 ? parts.getFirst() : b.emit(new Concatenate(0), parts).getFirst();
  }
}
