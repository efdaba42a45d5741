package org.girih.host.run;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.girih.grammar.plan.HostPlan;
import org.girih.grammar.plan.HostPlan.Tree;
import org.girih.grammar.plan.Step;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.hlo.text.ShapeText;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.Mesh;
import org.girih.runtime.pjrt.Client;
import org.girih.runtime.pjrt.Shape;
import org.girih.runtime.pjrt.Sharding;
import org.girih.runtime.status.PjrtException;

/// Reports what the partitioner made of a program: the collectives that it put in, each with its
/// line, its bytes and the mesh axes that it goes along; memory on each device; large values that
/// are whole on each device though no one asked for it.
///
/// ```
/// mesh (data = 4, model = 2): 8 devices
/// main: 1 collective
///   all-reduce f32[2,6]             48 B along model          matmul.girih:5
///   a device holds 352 B of arguments, 96 B of results, 48 B in between
/// ```
public final class ShardingReport {
  /// Below this a value may be whole everywhere without a word.
  private static final long LARGE = 1 << 20;

  private static final Set<String> COLLECTIVES =
      Set.of(
          "all-reduce",
          "all-gather",
          "reduce-scatter",
          "all-to-all",
          "collective-permute",
          "all-reduce-start",
          "all-gather-start",
          "collective-permute-start");

  private final HostPlan plan;
  private final Machine machine;
  private final Map<Integer, Sharding> slots = new HashMap<>();
  private final Set<List<Object>> seen = new HashSet<>();
  private final StringBuilder out = new StringBuilder();

  private ShardingReport(HostPlan plan, Machine machine) {
    this.plan = plan;
    this.machine = machine;
  }

  /// Returns the report of a program, each of whose entries is compiled for it.
  public static String of(Client client, HostPlan plan) throws RunProblem {
    try (var machine = Machine.of(client, null, plan, Profile.off(), MemoryLimit.NONE)) {
      machine.check();
      var report = new ShardingReport(plan, machine);
      report.header();
      if (machine.devices() > 1) {
        report.steps(plan.steps());
      }
      return report.out.toString();
    } catch (PjrtException e) {
      throw new RunProblem(Machine.failed(e));
    }
  }

  private void header() {
    int devices = machine.devices();
    out.append(plan.mesh().axes().isEmpty() ? "no mesh" : "mesh " + plan.mesh());
    out.append(": ").append(devices).append(devices == 1 ? " device\n" : " devices\n");
  }

  private void steps(List<Step> steps) throws RunProblem {
    for (Step step : steps) {
      switch (step) {
        case Step.Run run -> run(run);
        case Step.Move(var from, var to) -> {
          var values = from.stream().map(slots::get).toList();
          for (int i = 0; i < values.size(); i++) {
            slots.put(to.get(i), values.get(i));
          }
        }
        case Step.Loop loop -> {
          if (loop.times() instanceof HostPlan.Times.Counted counted) {
            slots.put(counted.slot(), Sharding.whole(0, machine.devices()));
          }
          // What an iteration leaves may lie elsewhere than what it found: the second iteration
          // shows it.
          steps(loop.body());
          steps(loop.body());
        }
        case Step.Choice(_, var then, var otherwise) -> {
          steps(then);
          steps(otherwise);
        }
        case Step.Plain plain -> plain.arrivals().forEach(this::placed);
        case Step.BreakUnless _ -> {}
      }
    }
  }

  private void placed(Tree.Leaf leaf) {
    slots.put(leaf.slot(), machine.placement(leaf.slot(), leaf.type().rank()));
  }

  private void run(Step.Run run) throws RunProblem {
    var entry = plan.program().entries().get(run.entry());
    var signature = plan.program().func(entry.func()).signature();
    var in = new ArrayList<Sharding>();
    for (int i = 0; i < run.inputs().size(); i++) {
      int rank = signature.params().get(i).rank();
      in.add(slots.getOrDefault(run.inputs().get(i), Sharding.whole(rank, machine.devices())));
    }
    Machine.Compiled compiled = machine.compiled(run.entry(), in);
    for (int i = 0; i < run.outputs().size(); i++) {
      slots.put(run.outputs().get(i), compiled.shardings().get(i));
    }
    if (!seen.add(List.of(run.entry(), in))) {
      return;
    }
    try {
      entry(entry.func().name(), Stages.module(compiled.executable().optimized()), compiled);
    } catch (InvalidProtocolBufferException e) {
      throw new RunProblem(
          Diagnostic.error(
              Code.PLUGIN_FAILED, "the plugin's code cannot be read: " + e.getMessage()));
    }
    for (int i = 0; i < in.size(); i++) {
      Shape shape = RuntimeShapes.of(signature.params().get(i));
      if (in.get(i).whole() && shape.byteSize() >= LARGE) {
        warn("parameter " + i + ", " + signature.params().get(i), shape.byteSize());
      }
    }
    for (int i = 0; i < compiled.results().size(); i++) {
      long bytes = compiled.results().get(i).byteSize();
      if (compiled.shardings().get(i).whole() && bytes >= LARGE) {
        warn("result " + i + ", " + signature.results().get(i), bytes);
      }
    }
  }

  private void warn(String what, long bytes) {
    out.append("  warning: ")
        .append(what)
        .append(", ")
        .append(bytes(bytes))
        .append(", is whole on each device; `x as [_ @ axis, ...]` splits it\n");
  }

  private void entry(String name, HloModuleProto module, Machine.Compiled compiled) {
    var lines = new LinkedHashSet<String>();
    var counts = new HashMap<String, Integer>();
    int all = 0;
    for (HloComputationProto computation : module.getComputationsList()) {
      for (HloInstructionProto each : computation.getInstructionsList()) {
        if (COLLECTIVES.contains(each.getOpcode())) {
          String line = collective(each);
          lines.add(line);
          counts.merge(line, 1, Integer::sum);
          all++;
        }
      }
    }
    out.append(name).append(": ");
    out.append(all == 0 ? "no" : all).append(all == 1 ? " collective\n" : " collectives\n");
    for (String line : lines) {
      int count = counts.get(line);
      out.append("  ").append(line).append(count == 1 ? "" : "  × " + count).append('\n');
    }
    var memory = compiled.executable().memory();
    out.append("  a device holds ")
        .append(bytes(memory.arguments()))
        .append(" of arguments, ")
        .append(bytes(memory.results()))
        .append(" of results, ")
        .append(bytes(memory.temporaries()))
        .append(" in between\n");
  }

  private String collective(HloInstructionProto each) {
    String shape = shape(each.getShape());
    String opcode = each.getOpcode().replace("-start", "");
    String text =
        "%-18s %-22s %10s along %-14s %s"
            .formatted(opcode, shape, bytes(size(each.getShape())), along(each), place(each));
    boolean large = opcode.equals("all-gather") && size(each.getShape()) >= LARGE;
    return large ? text + "  warning: a large value is brought together" : text;
  }

  /// Returns `f32[2,3]`; of a tuple the first and how many there are, since a message takes them
  /// together.
  private static String shape(ShapeProto shape) {
    var out = new StringBuilder();
    boolean tuple = shape.getTupleShapesCount() > 0;
    ShapeText.append(out, tuple ? shape.getTupleShapes(0) : shape, false);
    return tuple ? out + ", … (" + shape.getTupleShapesCount() + ")" : out.toString();
  }

  private static String place(HloInstructionProto each) {
    var metadata = each.getMetadata();
    return metadata.getSourceFile().isEmpty()
        ? "-"
        : metadata.getSourceFile() + ":" + metadata.getSourceLine();
  }

  private static long size(ShapeProto shape) {
    if (shape.getTupleShapesCount() > 0) {
      return shape.getTupleShapesList().stream().mapToLong(ShardingReport::size).sum();
    }
    long elements = shape.getDimensionsList().stream().reduce(1L, (a, b) -> a * b);
    String type = shape.getElementType().name();
    int bits =
        type.equals("PRED") ? 8 : Integer.parseInt(type.replaceFirst("^[A-Z]+([0-9]+).*$", "$1"));
    return elements * Math.max(8, bits) / 8;
  }

  /// Returns the mesh axes along which the devices of a group, or the ends of a message, differ.
  private String along(HloInstructionProto each) {
    var groups = new ArrayList<List<Long>>();
    each.getSourceTargetPairsList().forEach(p -> groups.add(List.of(p.getSource(), p.getTarget())));
    each.getReplicaGroupsList().forEach(g -> groups.add(g.getReplicaIdsList()));
    each.getCollectiveDeviceList()
        .getReplicaGroupsList()
        .forEach(g -> groups.add(g.getReplicaIdsList()));
    if (each.getCollectiveDeviceList().hasIotaReplicaGroupList()) {
      groups.addAll(iota(each.getCollectiveDeviceList().getIotaReplicaGroupList()));
    }
    List<Mesh.Axis> axes = plan.mesh().axes();
    if (groups.isEmpty()) {
      return axes.stream().map(Mesh.Axis::name).collect(Collectors.joining(", "));
    }
    var differ = new LinkedHashSet<Integer>();
    for (List<Long> group : groups) {
      for (int axis = 0; axis < axes.size(); axis++) {
        int number = axis;
        if (group.stream().map(d -> coordinate(d, number)).distinct().count() > 1) {
          differ.add(axis);
        }
      }
    }
    return differ.stream().sorted().map(i -> axes.get(i).name()).collect(Collectors.joining(", "));
  }

  private long coordinate(long device, int axis) {
    List<Long> sizes = plan.mesh().sizes();
    long stride = sizes.subList(axis + 1, sizes.size()).stream().reduce(1L, Math::multiplyExact);
    return device / stride % sizes.get(axis);
  }

  private static List<List<Long>> iota(HloInstructionProto.CollectiveDeviceList.Iota list) {
    List<Long> devices =
        Placements.iota(list.getIotaReshapeDimsList(), list.getIotaTransposePermList());
    int size = (int) list.getNumDevicesPerGroup();
    if (size <= 0 || devices.size() % size != 0) {
      throw new CompilerBug("groups of " + size + " among " + devices.size() + " devices");
    }
    return IntStream.range(0, devices.size() / size)
        .mapToObj(i -> devices.subList(i * size, (i + 1) * size))
        .toList();
  }

  private static String bytes(long bytes) {
    return bytes < 10_000
        ? bytes + " B"
        : bytes < 1 << 20
            ? "%.1f KiB".formatted(bytes / 1024.0)
            : "%.1f MiB".formatted(bytes / 1024.0 / 1024.0);
  }
}
