package org.girih.hlo.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.girih.hlo.proto.ConvolutionDimensionNumbers;
import org.girih.hlo.proto.CustomCallApiVersion;
import org.girih.hlo.proto.DotDimensionNumbers;
import org.girih.hlo.proto.FrontendAttributes;
import org.girih.hlo.proto.GatherDimensionNumbers;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.HloInstructionProto.SliceDimensions;
import org.girih.hlo.proto.OpMetadata;
import org.girih.hlo.proto.PaddingConfig.PaddingConfigDimension;
import org.girih.hlo.proto.PrecisionConfig;
import org.girih.hlo.proto.ScatterDimensionNumbers;
import org.girih.hlo.proto.TriangularSolveOptions;
import org.girih.hlo.proto.Window;
import org.girih.hlo.proto.WindowDimension;

/// Writes what follows an instruction's operands: `, dimensions={0}, index_vector_dim=1, …`.
public final class AttributeText {
  private AttributeText() {}

  /// Appends what the opcode has, but not the computations that it calls.
  public static void append(StringBuilder out, HloInstructionProto instruction) {
    switch (instruction.getOpcode()) {
      case "iota" ->
          out.append(", iota_dimension=")
              .append(instruction.getDimensionsCount() > 0 ? instruction.getDimensions(0) : 0);
      case "broadcast", "transpose", "reverse", "concatenate", "reduce", "sort", "map" ->
          list(out, "dimensions", instruction.getDimensionsList());
      case "get-tuple-element" -> out.append(", index=").append(instruction.getTupleIndex());
      case "slice" -> slice(out, instruction.getSliceDimensionsList());
      case "pad" -> padding(out, instruction.getPaddingConfig().getDimensionsList());
      case "dynamic-slice" ->
          list(out, "dynamic_slice_sizes", instruction.getDynamicSliceSizesList());
      case "gather" -> gather(out, instruction);
      case "scatter" -> scatter(out, instruction.getScatterDimensionNumbers());
      case "dot" -> dot(out, instruction.getDotDimensionNumbers());
      case "compare" -> {
        out.append(", direction=").append(instruction.getComparisonDirection());
        if (!instruction.getComparisonType().isEmpty()) {
          out.append(", type=").append(instruction.getComparisonType());
        }
      }
      case "reduce-window", "select-and-scatter" -> window(out, instruction.getWindow());
      case "convolution" -> {
        window(out, instruction.getWindow());
        out.append(", dim_labels=");
        labels(out, instruction.getConvolutionDimensionNumbers());
        groups(out, "feature_group_count", instruction.getFeatureGroupCount());
        groups(out, "batch_group_count", instruction.getBatchGroupCount());
      }
      case "reduce-precision" ->
          out.append(", exponent_bits=")
              .append(instruction.getExponentBits())
              .append(", mantissa_bits=")
              .append(instruction.getMantissaBits());
      case "fft" -> {
        out.append(", fft_type=").append(instruction.getFftType());
        list(out, "fft_length", instruction.getFftLengthList());
      }
      case "rng-bit-generator" ->
          out.append(", algorithm=")
              .append(
                  switch (instruction.getRngAlgorithm()) {
                    case RNG_DEFAULT, UNRECOGNIZED -> "rng_default";
                    case RNG_THREE_FRY -> "rng_three_fry";
                    case RNG_PHILOX -> "rng_philox";
                  });
      case "cholesky" -> out.append(", lower=").append(instruction.getCholeskyOptions().getLower());
      case "triangular-solve" -> triangularSolve(out, instruction.getTriangularSolveOptions());
      case "topk" ->
          out.append(", k=")
              .append(instruction.getK())
              .append(", largest=")
              .append(instruction.getLargest());
      case "custom-call" -> {
        out.append(", custom_call_target=");
        quoted(out, instruction.getCustomCallTarget());
        foreign(out, instruction);
      }
      default -> {}
    }
    flags(out, instruction);
  }

  /// Appends what any opcode may have, at the end: placement, frontend attributes and metadata.
  public static void trailing(StringBuilder out, HloInstructionProto instruction) {
    if (instruction.hasSharding()) {
      out.append(", sharding=").append(ShardingText.of(instruction.getSharding()));
    }
    frontendAttributes(out, instruction.getFrontendAttributes());
    if (instruction.hasMetadata()) {
      metadata(out, instruction.getMetadata());
    }
    boolean foreign =
        instruction.getCustomCallApiVersion() == CustomCallApiVersion.API_VERSION_TYPED_FFI;
    if ((foreign || instruction.getCustomCallTarget().equals("Sharding"))
        && !instruction.getBackendConfig().isEmpty()) {
      out.append(", backend_config=");
      if (foreign) {
        out.append(instruction.getBackendConfig().toStringUtf8()); // A dictionary of MLIR's.
      } else {
        quoted(out, instruction.getBackendConfig().toStringUtf8());
      }
    }
  }

  private static void foreign(StringBuilder out, HloInstructionProto instruction) {
    if (instruction.getConstrainLayout()) {
      out.append(
          instruction.getOperandShapesWithLayoutList().stream()
              .map(ShapeText::of)
              .collect(Collectors.joining(", ", ", operand_layout_constraints={", "}")));
    }
    if (instruction.getCustomCallHasSideEffect()) {
      out.append(", custom_call_has_side_effect=true");
    }
    if (instruction.getCustomCallApiVersionValue()
        > CustomCallApiVersion.API_VERSION_ORIGINAL_VALUE) {
      out.append(", api_version=").append(instruction.getCustomCallApiVersion());
    }
  }

  private static void flags(StringBuilder out, HloInstructionProto instruction) {
    PrecisionConfig precision = instruction.getPrecisionConfig();
    if (precision.getOperandPrecisionList().stream()
        .anyMatch(p -> p != PrecisionConfig.Precision.DEFAULT)) {
      out.append(", operand_precision={");
      for (int i = 0; i < precision.getOperandPrecisionCount(); i++) {
        out.append(i == 0 ? "" : ",");
        out.append(precision.getOperandPrecision(i).name().toLowerCase(java.util.Locale.ROOT));
      }
      out.append('}');
    }
    if (instruction.getIsStable()) {
      out.append(", is_stable=true");
    }
    if (instruction.getIndicesAreSorted()) {
      out.append(", indices_are_sorted=true");
    }
    if (instruction.getUniqueIndices()) {
      out.append(", unique_indices=true");
    }
  }

  private static void slice(StringBuilder out, List<SliceDimensions> dimensions) {
    out.append(", slice={");
    String separator = "";
    for (SliceDimensions d : dimensions) {
      out.append(separator).append('[').append(d.getStart()).append(':').append(d.getLimit());
      if (d.getStride() != 1) {
        out.append(':').append(d.getStride());
      }
      out.append(']');
      separator = ", ";
    }
    out.append('}');
  }

  private static void padding(StringBuilder out, List<PaddingConfigDimension> dimensions) {
    out.append(", padding=");
    String separator = "";
    for (PaddingConfigDimension d : dimensions) {
      out.append(separator)
          .append(d.getEdgePaddingLow())
          .append('_')
          .append(d.getEdgePaddingHigh());
      if (d.getInteriorPadding() != 0) {
        out.append('_').append(d.getInteriorPadding());
      }
      separator = "x";
    }
  }

  private static void gather(StringBuilder out, HloInstructionProto instruction) {
    GatherDimensionNumbers numbers = instruction.getGatherDimensionNumbers();
    list(out, "offset_dims", numbers.getOffsetDimsList());
    list(out, "collapsed_slice_dims", numbers.getCollapsedSliceDimsList());
    list(out, "start_index_map", numbers.getStartIndexMapList());
    if (numbers.getOperandBatchingDimsCount() > 0) {
      list(out, "operand_batching_dims", numbers.getOperandBatchingDimsList());
      list(out, "start_indices_batching_dims", numbers.getStartIndicesBatchingDimsList());
    }
    out.append(", index_vector_dim=").append(numbers.getIndexVectorDim());
    list(out, "slice_sizes", instruction.getGatherSliceSizesList());
  }

  private static void scatter(StringBuilder out, ScatterDimensionNumbers numbers) {
    list(out, "update_window_dims", numbers.getUpdateWindowDimsList());
    list(out, "inserted_window_dims", numbers.getInsertedWindowDimsList());
    list(out, "scatter_dims_to_operand_dims", numbers.getScatterDimsToOperandDimsList());
    if (numbers.getInputBatchingDimsCount() > 0) {
      list(out, "input_batching_dims", numbers.getInputBatchingDimsList());
      list(out, "scatter_indices_batching_dims", numbers.getScatterIndicesBatchingDimsList());
    }
    out.append(", index_vector_dim=").append(numbers.getIndexVectorDim());
  }

  private static void dot(StringBuilder out, DotDimensionNumbers numbers) {
    if (numbers.getLhsBatchDimensionsCount() > 0) {
      list(out, "lhs_batch_dims", numbers.getLhsBatchDimensionsList());
    }
    list(out, "lhs_contracting_dims", numbers.getLhsContractingDimensionsList());
    if (numbers.getRhsBatchDimensionsCount() > 0) {
      list(out, "rhs_batch_dims", numbers.getRhsBatchDimensionsList());
    }
    list(out, "rhs_contracting_dims", numbers.getRhsContractingDimensionsList());
  }

  private static void triangularSolve(StringBuilder out, TriangularSolveOptions options) {
    out.append(", left_side=").append(options.getLeftSide());
    out.append(", lower=").append(options.getLower());
    out.append(", unit_diagonal=").append(options.getUnitDiagonal());
    out.append(", transpose_a=").append(options.getTransposeA());
  }

  /// Appends `window={size=2x3 stride=1x2 pad=0_0x1_1 lhs_dilate=1x2 rhs_dilate=1x1
  /// rhs_reversal=0x1}`, each part only where some dimension has it.
  private static void window(StringBuilder out, Window window) {
    out.append(", window={");
    int start = out.length();
    part(out, start, window, "size", WindowDimension::getSize, Long.MIN_VALUE);
    part(out, start, window, "stride", WindowDimension::getStride, 1);
    if (window.getDimensionsList().stream()
        .anyMatch(d -> d.getPaddingLow() != 0 || d.getPaddingHigh() != 0)) {
      out.append(" pad=");
      String separator = "";
      for (WindowDimension d : window.getDimensionsList()) {
        out.append(separator).append(d.getPaddingLow()).append('_').append(d.getPaddingHigh());
        separator = "x";
      }
    }
    part(out, start, window, "lhs_dilate", WindowDimension::getBaseDilation, 1);
    part(out, start, window, "rhs_dilate", WindowDimension::getWindowDilation, 1);
    part(out, start, window, "rhs_reversal", d -> d.getWindowReversal() ? 1 : 0, 0);
    out.append('}');
  }

  private static void part(
      StringBuilder out,
      int start,
      Window window,
      String key,
      ToLongFunction<WindowDimension> value,
      long usual) {
    if (window.getDimensionsList().stream().allMatch(d -> value.applyAsLong(d) == usual)) {
      return;
    }
    out.append(out.length() == start ? "" : " ").append(key).append('=');
    String separator = "";
    for (WindowDimension d : window.getDimensionsList()) {
      out.append(separator).append(value.applyAsLong(d));
      separator = "x";
    }
  }

  /// Appends `b01f_01io->b01f`: where batch, features and the spatial dimensions are in input,
  /// kernel and output. A position that two claim or none is `?`.
  private static void labels(StringBuilder out, ConvolutionDimensionNumbers n) {
    labels(
        out,
        'b',
        n.getInputBatchDimension(),
        'f',
        n.getInputFeatureDimension(),
        n.getInputSpatialDimensionsList());
    out.append('_');
    labels(
        out,
        'i',
        n.getKernelInputFeatureDimension(),
        'o',
        n.getKernelOutputFeatureDimension(),
        n.getKernelSpatialDimensionsList());
    out.append("->");
    labels(
        out,
        'b',
        n.getOutputBatchDimension(),
        'f',
        n.getOutputFeatureDimension(),
        n.getOutputSpatialDimensionsList());
  }

  private static void labels(
      StringBuilder out, char first, long at, char second, long secondAt, List<Long> spatial) {
    char[] label = new char[spatial.size() + 2];
    java.util.Arrays.fill(label, '?');
    for (int i = 0; i < spatial.size(); i++) {
      place(label, spatial.get(i), (char) ('0' + Math.min(i, 9)));
    }
    place(label, at, first);
    place(label, secondAt, second);
    out.append(label);
  }

  private static void place(char[] label, long at, char mark) {
    if (at >= 0 && at < label.length) {
      label[(int) at] = label[(int) at] == '?' ? mark : '?';
    }
  }

  private static void groups(StringBuilder out, String key, long count) {
    if (count > 1) {
      out.append(", ").append(key).append('=').append(count);
    }
  }

  /// Appends `, frontend_attributes={key="value",…}`, keys in order; nothing where there is none.
  public static void frontendAttributes(StringBuilder out, FrontendAttributes attributes) {
    if (attributes.getMapCount() == 0) {
      return;
    }
    out.append(", frontend_attributes={");
    String separator = "";
    for (Map.Entry<String, String> entry : new TreeMap<>(attributes.getMapMap()).entrySet()) {
      out.append(separator).append(entry.getKey()).append('=');
      quoted(out, entry.getValue());
      separator = ",";
    }
    out.append('}');
  }

  private static void metadata(StringBuilder out, OpMetadata metadata) {
    out.append(", metadata={");
    int start = out.length();
    string(out, start, "op_type", metadata.getOpType());
    string(out, start, "op_name", metadata.getOpName());
    string(out, start, "source_file", metadata.getSourceFile());
    number(out, start, "source_line", metadata.getSourceLine());
    number(out, start, "source_end_line", metadata.getSourceEndLine());
    number(out, start, "source_column", metadata.getSourceColumn());
    number(out, start, "source_end_column", metadata.getSourceEndColumn());
    out.append('}');
  }

  private static void string(StringBuilder out, int start, String key, String value) {
    if (!value.isEmpty()) {
      out.append(out.length() == start ? "" : " ").append(key).append('=');
      quoted(out, value);
    }
  }

  private static void number(StringBuilder out, int start, String key, int value) {
    if (value != 0) {
      out.append(out.length() == start ? "" : " ").append(key).append('=').append(value);
    }
  }

  private static void list(StringBuilder out, String key, List<Long> values) {
    out.append(", ").append(key).append('=');
    braced(out, values);
  }

  /// Appends `{0,2}`.
  public static void braced(StringBuilder out, List<Long> values) {
    out.append('{');
    for (int i = 0; i < values.size(); i++) {
      out.append(i == 0 ? "" : ",").append(values.get(i));
    }
    out.append('}');
  }

  /// Appends a string in quotes, with the escapes of C: every byte that is not printable ASCII in
  /// octal.
  public static void quoted(StringBuilder out, String text) {
    out.append('"');
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      switch (b) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (b >= ' ' && b < 127) {
            out.append((char) b);
          } else {
            out.append('\\');
            out.append((char) ('0' + (b >> 6 & 3)));
            out.append((char) ('0' + (b >> 3 & 7)));
            out.append((char) ('0' + (b & 7)));
          }
        }
      }
    }
    out.append('"');
  }
}
