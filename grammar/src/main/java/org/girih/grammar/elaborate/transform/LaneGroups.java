package org.girih.grammar.elaborate.transform;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Lanes;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.op.AxisGather;
import org.girih.ir.op.AxisIndex;
import org.girih.ir.op.Constant;
import org.girih.ir.op.DynamicSlice;
import org.girih.ir.op.Gather;
import org.girih.ir.op.Reshape;
import org.girih.ir.op.Windows;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// The groups of lanes that `axis_index_groups` of a collective names: tuples of lane numbers,
/// equally long, that hold each lane once, as in JAX. A collective inside groups is one over all
/// lanes of which each takes its group's part, so that derivatives and lanes need no rules of their
/// own; it moves what all lanes have, not only the group's.
public final class LaneGroups {
  private final Lanes.Lane lane;
  private final int[][] groups;

  private LaneGroups(Lanes.Lane lane, int[][] groups) {
    this.lane = lane;
    this.groups = groups;
  }

  /// The groups that a call names, if it does.
  public static Optional<LaneGroups> of(Elaboration e, Intrinsic.Args args, Lanes.Lane lane) {
    Val given = args.get("axis_index_groups");
    if (given == Val.NONE) {
      return Optional.empty();
    }
    int lanes = (int) e.size(lane.size());
    List<Val> items = given instanceof Val.Tuple(var all) ? all : List.of();
    int[][] groups = items.stream().map(LaneGroups::numbers).toArray(int[][]::new);
    int[] every = Arrays.stream(groups).flatMapToInt(Arrays::stream).sorted().toArray();
    boolean equal = Arrays.stream(groups).mapToInt(g -> g.length).distinct().count() == 1;
    if (!equal || !Arrays.equals(every, IntStream.range(0, lanes).toArray())) {
      throw e.fault(
          Diagnostic.error(
                  Code.BAD_AXES,
                  args.span("axis_index_groups"),
                  "`axis_index_groups` of `"
                      + args.function()
                      + "` are equally long groups that hold each of "
                      + lanes
                      + " lanes once")
              .help("a tuple of tuples, as `((0, 1), (2, 3))` of four lanes"));
    }
    return Optional.of(new LaneGroups(lane, groups));
  }

  /// Returns lane numbers, or one that is not a lane's.
  private static int[] numbers(Val group) {
    List<Val> items = group instanceof Val.Tuple(var all) ? all : List.of(Val.NONE);
    var limit = BigInteger.valueOf(Integer.MAX_VALUE);
    return items.stream()
        .mapToInt(
            v ->
                v instanceof Val.Int(var n) && n.signum() >= 0 && n.compareTo(limit) < 0
                    ? n.intValue()
                    : -1)
        .toArray();
  }

  /// Returns how many lanes a group has.
  public Dim size() {
    return Dim.of(groups[0].length);
  }

  /// Returns what the lanes of this lane's group have, along a new first axis, in the group's
  /// order.
  public Val.Array members(Elaboration e, Val.Array x) {
    Val.Array all = e.emit1(new AxisGather(lane.id(), lane.size()), x);
    int count = groups[0].length;
    int[] table = new int[groups.length * count * count];
    for (int[] group : groups) {
      for (int member : group) {
        System.arraycopy(group, 0, table, member * count, count);
      }
    }
    Val.Array rows = row(e, table, count);
    var indices = e.emit1(new Reshape(List.of(Dim.of(count), Dim.of(1))), rows);
    var sizes = new ArrayList<Dim>(all.type().dims());
    sizes.set(0, Dim.of(1));
    var offset = IntStream.range(1, all.rank()).boxed().toList();
    return e.emit1(new Gather(new Windows(List.of(0), List.of(0), offset), sizes), all, indices);
  }

  /// The part of an axis that is this lane's, one place of it, without that axis.
  public Val.Array own(Elaboration e, Val.Array x, int axis) {
    int[] places = new int[groups.length * groups[0].length];
    for (int[] group : groups) {
      for (int i = 0; i < group.length; i++) {
        places[group[i]] = i;
      }
    }
    Val.Array place = e.emit1(new Reshape(List.of()), row(e, places, 1));
    Val.Array zero = constant(e, new int[1], List.of());
    var operands = new ArrayList<Val.Array>(List.of(x));
    var sizes = new ArrayList<>(x.type().dims());
    for (int i = 0; i < x.rank(); i++) {
      operands.add(i == axis ? place : zero);
    }
    sizes.set(axis, Dim.of(1));
    Val.Array block = e.emit1(new DynamicSlice(sizes), operands.toArray(Val.Array[]::new));
    var dims = new ArrayList<>(sizes);
    dims.remove(axis);
    return e.emit1(new Reshape(dims), block);
  }

  /// This lane's row of a table with rows of that length.
  private Val.Array row(Elaboration e, int[] table, int length) {
    Dim lanes = Dim.of(table.length / length);
    Val.Array whole = constant(e, table, List.of(lanes, Dim.of(length)));
    var index = e.emit(new AxisIndex(lane.id()), List.of()).getFirst();
    Val.Array zero = constant(e, new int[1], List.of());
    Val.Array row =
        e.emit1(new DynamicSlice(List.of(Dim.of(1), Dim.of(length))), whole, index, zero);
    return e.emit1(new Reshape(List.of(Dim.of(length))), row);
  }

  private static Val.Array constant(Elaboration e, int[] values, List<Dim> dims) {
    var bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    var type = new ArrayType(DType.I32, dims);
    return e.emit(new Constant(Literal.dense(type, bytes.array())), List.of()).getFirst();
  }
}
