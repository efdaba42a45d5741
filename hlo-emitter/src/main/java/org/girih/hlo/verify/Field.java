package org.girih.hlo.verify;

import java.util.EnumSet;
import java.util.Set;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.RandomAlgorithm;

/// The fields of an instruction that belong to some opcodes only. XLA reads a field where an opcode
/// has it, but some of its passes look at attributes before they look at the opcode: a field in the
/// wrong place is refused.
enum Field {
  LITERAL,
  PARAMETER_NUMBER,
  TUPLE_INDEX,
  DIMENSIONS,
  WINDOW,
  CONVOLUTION,
  SLICE,
  REDUCED_PRECISION,
  DYNAMIC_SLICE_SIZES,
  PADDING,
  CUSTOM_CALL_TARGET,
  DOT,
  FFT,
  GATHER,
  SCATTER,
  GROUPS,
  PRECISION,
  TRIANGULAR_SOLVE,
  STABLE,
  CHOLESKY,
  COMPARISON,
  INDICES_ARE_SORTED,
  UNIQUE_INDICES,
  RNG_ALGORITHM,
  TOP_K,
  CALLEES,
  SHARDING,
  BACKEND_CONFIG,
  FOREIGN,
  DEVICES;

  /// Returns the fields that are there. A field of its default value is absent: proto3 cannot tell.
  static Set<Field> present(HloInstructionProto p) {
    var out = EnumSet.noneOf(Field.class);
    mark(out, LITERAL, p.hasLiteral());
    mark(out, PARAMETER_NUMBER, p.getParameterNumber() != 0);
    mark(out, TUPLE_INDEX, p.getTupleIndex() != 0);
    mark(out, DIMENSIONS, p.getDimensionsCount() > 0);
    mark(out, WINDOW, p.hasWindow());
    mark(out, CONVOLUTION, p.hasConvolutionDimensionNumbers());
    mark(out, SLICE, p.getSliceDimensionsCount() > 0);
    mark(out, REDUCED_PRECISION, p.getExponentBits() != 0 || p.getMantissaBits() != 0);
    mark(out, DYNAMIC_SLICE_SIZES, p.getDynamicSliceSizesCount() > 0);
    mark(out, PADDING, p.hasPaddingConfig());
    mark(out, CUSTOM_CALL_TARGET, !p.getCustomCallTarget().isEmpty());
    mark(out, DOT, p.hasDotDimensionNumbers());
    mark(out, FFT, p.getFftTypeValue() != 0 || p.getFftLengthCount() > 0);
    mark(out, GATHER, p.hasGatherDimensionNumbers() || p.getGatherSliceSizesCount() > 0);
    mark(out, SCATTER, p.hasScatterDimensionNumbers());
    // XLA writes a count of 1 on every convolution, and nothing elsewhere.
    mark(out, GROUPS, p.getFeatureGroupCount() > 1 || p.getFeatureGroupCount() < 0);
    mark(out, GROUPS, p.getBatchGroupCount() > 1 || p.getBatchGroupCount() < 0);
    mark(out, PRECISION, p.hasPrecisionConfig());
    mark(out, TRIANGULAR_SOLVE, p.hasTriangularSolveOptions());
    mark(out, STABLE, p.getIsStable());
    mark(out, CHOLESKY, p.hasCholeskyOptions());
    mark(out, COMPARISON, !p.getComparisonDirection().isEmpty());
    mark(out, COMPARISON, !p.getComparisonType().isEmpty());
    mark(out, INDICES_ARE_SORTED, p.getIndicesAreSorted());
    mark(out, UNIQUE_INDICES, p.getUniqueIndices());
    mark(out, RNG_ALGORITHM, p.getRngAlgorithmValue() != RandomAlgorithm.RNG_DEFAULT_VALUE);
    mark(out, TOP_K, p.getK() != 0 || p.getLargest());
    mark(out, CALLEES, p.getCalledComputationIdsCount() > 0);
    mark(out, SHARDING, p.hasSharding());
    mark(out, DEVICES, p.getReplicaGroupsCount() > 0 || p.hasCollectiveDeviceList());
    mark(out, DEVICES, p.getSourceTargetPairsCount() > 0);
    mark(out, FOREIGN, p.getCustomCallApiVersionValue() != 0);
    mark(out, FOREIGN, p.getConstrainLayout() || p.getOperandShapesWithLayoutCount() > 0);
    mark(out, FOREIGN, p.getCustomCallHasSideEffect() || p.getOutputOperandAliasingCount() > 0);
    mark(out, BACKEND_CONFIG, !p.getBackendConfig().isEmpty());
    return out;
  }

  private static void mark(Set<Field> out, Field field, boolean present) {
    if (present) {
      out.add(field);
    }
  }
}
