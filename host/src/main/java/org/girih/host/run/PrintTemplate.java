package org.girih.host.run;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.host.array.HostArray;
import org.girih.host.print.FormatSpec;
import org.girih.host.print.ValuePrinter;
import org.girih.ir.type.ArrayType;
import org.girih.runtime.pjrt.PrintedCall;
import org.girih.runtime.pjrt.Shape;

/// The text of a [org.girih.ir.op.Print]: `x = {0}, y = {1:.3f}`, with `{{` and `}}` for braces.
record PrintTemplate(List<Part> parts) {
  /// A part of the text.
  sealed interface Part {
    record Text(String text) implements Part {}

    record Hole(int number, Optional<String> format) implements Part {}
  }

  PrintTemplate {
    parts = List.copyOf(parts);
  }

  static PrintTemplate of(String template) {
    var parts = new ArrayList<Part>();
    var text = new StringBuilder();
    for (int i = 0; i < template.length(); i++) {
      char c = template.charAt(i);
      if ((c == '{' || c == '}') && i + 1 < template.length() && template.charAt(i + 1) == c) {
        text.append(c);
        i++;
      } else if (c == '{') {
        parts.add(new Part.Text(text.toString()));
        text.setLength(0);
        int end = template.indexOf('}', i);
        parts.add(hole(template.substring(i + 1, end)));
        i = end;
      } else {
        text.append(c);
      }
    }
    parts.add(new Part.Text(text.toString()));
    return new PrintTemplate(parts);
  }

  private static Part.Hole hole(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Part.Hole(Integer.parseInt(text), Optional.empty())
        : new Part.Hole(
            Integer.parseInt(text.substring(0, colon)), Optional.of(text.substring(colon + 1)));
  }

  /// Returns what is wrong with the formats, for operands of these types.
  Optional<String> refusal(List<ArrayType> operands, int lanes) {
    for (Part part : parts) {
      if (part instanceof Part.Hole(int number, var format)) {
        ArrayType type = operands.get(number);
        Optional<String> why =
            format.flatMap(
                text ->
                    FormatSpec.parse(text)
                        .map(f -> f.refusal(type.dtype(), type.rank() - lanes))
                        .orElseGet(() -> Optional.of("`" + text + "` is not a format")));
        if (why.isPresent()) {
          return why;
        }
      }
    }
    return Optional.empty();
  }

  /// Returns the lines of a call, one for each lane.
  List<String> lines(PrintedCall call) {
    long lanes = 1;
    for (int axis = 0; axis < call.lanes() && !call.arrays().isEmpty(); axis++) {
      lanes *= call.arrays().getFirst().shape().dim(axis);
    }
    var out = new ArrayList<String>();
    for (long lane = 0; lane < lanes; lane++) {
      var arrays = new ArrayList<HostArray>();
      for (PrintedCall.Array array : call.arrays()) {
        arrays.add(lane(array, call.lanes(), lane, lanes));
      }
      out.add(line(arrays));
    }
    return out;
  }

  private static HostArray lane(PrintedCall.Array array, int axes, long lane, long lanes) {
    Shape shape = array.shape();
    long[] dims = java.util.Arrays.copyOfRange(shape.dims(), axes, shape.dims().length);
    long bytes = array.bytes().length / lanes;
    return new HostArray(
        RuntimeShapes.dtype(shape.elementType()),
        dims,
        MemorySegment.ofArray(array.bytes()).asSlice(lane * bytes, bytes));
  }

  /// Returns the text with these arrays in it.
  String line(List<HostArray> arrays) {
    var out = new StringBuilder();
    for (Part part : parts) {
      switch (part) {
        case Part.Text(String text) -> out.append(text);
        case Part.Hole(int number, var format) -> {
          HostArray array = arrays.get(number);
          int column = out.length() - (out.lastIndexOf("\n") + 1);
          out.append(
              format
                  .map(f -> FormatSpec.parse(f).orElseThrow().format(array))
                  .orElseGet(() -> ValuePrinter.print(array, column)));
        }
      }
    }
    return out.toString();
  }
}
