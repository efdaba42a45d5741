package org.girih.host.figures;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ShapeProto;

/// The figures that can be read off a module without running it. Work in a loop counts as often as
/// the loop turns, where the compiler noted that, and once otherwise.
///
/// @param collectives bytes that each device passes to collectives of a kind, such as `all-reduce`
/// @param wire bytes that each device sends for them: twice the data for an all-reduce, which is a
///     reduce-scatter and an all-gather, once for the others (the share n / (n - 1) of a ring of n
///     devices is taken as one)
/// @param bytes read and written by all instructions that are not part of a fusion
/// @param buffers the largest arrays, one for each place in the source, largest first
/// @param openLoops how many loops count once since their turns are not known
public record ModuleFigures(
    SortedMap<String, Long> collectives,
    long wire,
    double bytes,
    List<Buffer> buffers,
    int openLoops) {
  private static final int MOST_BUFFERS = 10;
  private static final int BACKEND_CONFIG = 43;
  private static final Pattern TRIPS =
      Pattern.compile("\"known_trip_count\"\\s*:\\s*\\{\\s*\"n\"\\s*:\\s*\"?(\\d+)");

  /// An array that the program holds.
  ///
  /// @param what the instruction, or the parameter's name
  /// @param type dtype and sizes
  /// @param place `file:line`, or empty where the module does not tell
  public record Buffer(String what, String type, long size, String place) {}

  /// Reads a module.
  ///
  /// @param module as the compiler left it, or as it was emitted
  public static ModuleFigures of(HloModuleProto module) {
    var reader = new Reader(module);
    reader.computation(module.getEntryComputationId(), 1, true);
    var largest = new LinkedHashMap<String, Buffer>();
    reader.buffers.stream()
        .sorted(Comparator.comparingLong(Buffer::size).reversed())
        .forEach(b -> largest.putIfAbsent(b.place().isEmpty() ? b.type() : b.place(), b));
    return new ModuleFigures(
        reader.collectives,
        reader.wire,
        reader.bytes,
        largest.values().stream().limit(MOST_BUFFERS).toList(),
        reader.openLoops);
  }

  /// Returns all of the collectives' bytes.
  public long collectiveBytes() {
    return collectives.values().stream().mapToLong(Long::longValue).sum();
  }

  /// Sums over the computations that run as such.
  private static final class Reader {
    private final HloModuleProto module;
    private final Map<Long, HloComputationProto> computations = new HashMap<>();
    private final SortedMap<String, Long> collectives = new TreeMap<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private long wire;
    private double bytes;
    private int openLoops;

    Reader(HloModuleProto module) {
      this.module = module;
      module.getComputationsList().forEach(c -> computations.put(c.getId(), c));
    }

    /// @param times how often it runs
    /// @param counted whether its instructions hold memory; those of a fusion do not
    void computation(long id, double times, boolean counted) {
      HloComputationProto computation = computations.get(id);
      if (computation == null) {
        return;
      }
      var instructions = new HashMap<Long, HloInstructionProto>();
      for (HloInstructionProto each : computation.getInstructionsList()) {
        instructions.put(each.getId(), each);
        collective(each, instructions, times);
        // A parameter of a body or a function names what its caller holds.
        boolean own = id == module.getEntryComputationId() || !each.getOpcode().equals("parameter");
        if (counted && own) {
          memory(each, instructions, times);
        }
        called(each, times, counted);
      }
    }

    private void called(HloInstructionProto each, double times, boolean counted) {
      switch (each.getOpcode()) {
        case "while" -> {
          long turns = turns(each);
          if (turns < 0) {
            openLoops++;
          }
          for (long id : each.getCalledComputationIdsList()) {
            computation(id, times * Math.max(1, turns), counted);
          }
        }
        case "fusion" ->
            each.getCalledComputationIdsList().forEach(c -> computation(c, times, false));
        case "call", "conditional", "async-start" ->
            each.getCalledComputationIdsList().forEach(c -> computation(c, times, counted));
        // What reductions, sorts and collectives call works on single elements.
        default -> {}
      }
    }

    /// Returns the turns of a loop, or -1.
    private static long turns(HloInstructionProto loop) {
      for (ByteString raw :
          loop.getUnknownFields().getField(BACKEND_CONFIG).getLengthDelimitedList()) {
        Matcher trips = TRIPS.matcher(raw.toString(StandardCharsets.ISO_8859_1));
        if (trips.find()) {
          return Long.parseLong(trips.group(1));
        }
      }
      return -1;
    }

    private void collective(
        HloInstructionProto each, Map<Long, HloInstructionProto> before, double times) {
      String kind = each.getOpcode().replaceFirst("-start$", "");
      switch (kind) {
        case "all-reduce",
            "all-gather",
            "reduce-scatter",
            "all-to-all",
            "collective-permute",
            "collective-broadcast",
            "ragged-all-to-all" -> {
          long given = 0;
          for (long operand : each.getOperandIdsList()) {
            HloInstructionProto from = before.get(operand);
            given += from == null ? 0 : ShapeFigures.bytes(from.getShape());
          }
          // What an all-gather moves is what it makes.
          long moved =
              kind.equals("all-gather")
                  ? ShapeFigures.bytes(ShapeFigures.largest(each.getShape()))
                  : given;
          collectives.merge(kind, (long) (given * times), Long::sum);
          wire += (long) (moved * times * (kind.equals("all-reduce") ? 2 : 1));
        }
        default -> {}
      }
    }

    /// Returns the name, of a parameter of the program the one that it has there.
    private String name(HloInstructionProto each) {
      int number = (int) each.getParameterNumber();
      boolean named =
          each.getOpcode().equals("parameter")
              && number < module.getHostProgramShape().getParameterNamesCount()
              && !module.getHostProgramShape().getParameterNames(number).isEmpty();
      return named
          ? "`" + module.getHostProgramShape().getParameterNames(number) + "`"
          : each.getName();
    }

    private void memory(
        HloInstructionProto each, Map<Long, HloInstructionProto> before, double times) {
      switch (each.getOpcode()) {
        // Names for what is there already.
        case "tuple",
            "get-tuple-element",
            "bitcast",
            "while",
            "call",
            "conditional",
            "constant",
            "after-all",
            "async-done",
            "async-update",
            "copy-done",
            "opt-barrier" -> {}
        case String opcode -> {
          long size = ShapeFigures.bytes(each.getShape());
          bytes += size * times;
          if (!opcode.equals("parameter")) {
            for (long operand : each.getOperandIdsList()) {
              HloInstructionProto from = before.get(operand);
              bytes += from == null ? 0 : ShapeFigures.bytes(from.getShape()) * times;
            }
          }
          var metadata = each.getMetadata();
          boolean placed = !metadata.getSourceFile().isEmpty();
          String place = placed ? metadata.getSourceFile() + ":" + metadata.getSourceLine() : "";
          String name =
              placed && !metadata.getOpName().isEmpty() ? metadata.getOpName() : name(each);
          ShapeProto largest = ShapeFigures.largest(each.getShape());
          buffers.add(
              new Buffer(name, ShapeFigures.text(largest), ShapeFigures.bytes(largest), place));
        }
      }
    }
  }
}
