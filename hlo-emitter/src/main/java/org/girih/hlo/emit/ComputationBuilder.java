package org.girih.hlo.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInstructionProto;
import org.girih.hlo.proto.OpMetadata;
import org.girih.hlo.proto.OpSharding;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Literal;

/// A computation under construction: instructions are numbered and named in order.
final class ComputationBuilder {
  private final Module module;
  private final long id;
  private final HloComputationProto.Builder proto = HloComputationProto.newBuilder();
  private final ProgramShapeProto.Builder signature = ProgramShapeProto.newBuilder();
  private final List<Instr> parameters = new ArrayList<>();
  private OpMetadata metadata = OpMetadata.getDefaultInstance();
  private final Map<Long, Instr> scalars = new HashMap<>();
  private boolean keepsApart;

  ComputationBuilder(Module module, String name) {
    this.module = module;
    this.id = module.id();
    proto.setName(module.name(name)).setId(id);
  }

  Module module() {
    return module;
  }

  /// Marks it as not in a loop, so that its calls may be kept apart.
  void keepApart() {
    keepsApart = true;
  }

  /// Returns whether its calls may be kept apart; see [Module#mayKeepApart].
  boolean keepsApart() {
    return keepsApart;
  }

  /// Sets where later instructions come from.
  void at(OpMetadata where) {
    metadata = where;
  }

  /// Makes a parameter.
  Instr parameter(ArrayType type, String name) {
    return parameter(type, name, Optional.empty());
  }

  /// Makes a parameter whose parts are on several devices.
  Instr parameter(ArrayType type, String name, Optional<OpSharding> sharding) {
    long number = signature.getParametersCount();
    signature.addParameters(HloShapes.of(type)).addParameterNames(name);
    var instruction = instruction("parameter", HloShapes.of(type), List.of());
    instruction.setParameterNumber(number);
    sharding.ifPresent(instruction::setSharding);
    Instr parameter = new Instr(add(instruction), type);
    parameters.add(parameter);
    return parameter;
  }

  Instr parameter(int number) {
    return parameters.get(number);
  }

  /// Makes one parameter, a tuple, and takes it apart.
  List<Instr> tupleParameter(List<ArrayType> types) {
    ShapeProto shape = HloShapes.tuple(types);
    signature.addParameters(shape).addParameterNames("state");
    var instruction = instruction("parameter", shape, List.of());
    instruction.setParameterNumber(0);
    return elements(add(instruction), types);
  }

  /// Returns the elements of a tuple.
  List<Instr> elements(long tuple, List<ArrayType> types) {
    var out = new ArrayList<Instr>();
    for (int i = 0; i < types.size(); i++) {
      var element = instruction("get-tuple-element", HloShapes.of(types.get(i)), List.of());
      element.addOperandIds(tuple).setTupleIndex(i);
      out.add(new Instr(add(element), types.get(i)));
    }
    return out;
  }

  /// Returns an instruction that is not added yet, so that attributes can be set.
  HloInstructionProto.Builder instruction(String opcode, ShapeProto shape, List<Instr> operands) {
    var out =
        HloInstructionProto.newBuilder()
            .setOpcode(opcode)
            .setName(module.name(opcode))
            .setShape(shape)
            .setId(module.id())
            .setMetadata(metadata);
    operands.forEach(o -> out.addOperandIds(o.id()));
    return out;
  }

  long add(HloInstructionProto.Builder instruction) {
    proto.addInstructions(instruction);
    return instruction.getId();
  }

  /// Adds an instruction without attributes.
  Instr op(String opcode, ArrayType type, Instr... operands) {
    return new Instr(add(instruction(opcode, HloShapes.of(type), List.of(operands))), type);
  }

  Instr constant(Literal value) {
    ArrayType type = value.type();
    if (value.isSplat() && !type.isScalar()) {
      Literal scalar = Literal.splat(ArrayType.scalar(type.dtype()), value.element(0));
      return broadcast(constant(scalar), type, List.of());
    }
    var instruction = instruction("constant", HloShapes.of(type), List.of());
    instruction.setLiteral(HloShapes.literal(value));
    return new Instr(add(instruction), type);
  }

  /// Returns a number in the dtype and dims of another value.
  Instr like(Instr other, double number) {
    var scalar = ArrayType.scalar(other.type().dtype());
    return broadcast(constant(Literal.of(scalar, number)), other.type(), List.of());
  }

  /// Returns zeros.
  Instr zeros(ArrayType type) {
    return constant(Literal.of(type, 0));
  }

  Instr broadcast(Instr x, ArrayType type, List<Integer> axes) {
    if (x.type().equals(type)) {
      return x;
    }
    var instruction = instruction("broadcast", HloShapes.of(type), List.of(x));
    axes.forEach(instruction::addDimensions);
    Instr wide = new Instr(add(instruction), type);
    if (x.type().isScalar()) {
      scalars.put(wide.id(), x);
    }
    return wide;
  }

  Instr reshape(Instr x, List<Dim> dims) {
    return x.type().dims().equals(dims) ? x : op("reshape", x.type().withDims(dims), x);
  }

  Instr convert(Instr x, org.girih.ir.type.DType dtype) {
    return x.type().dtype() == dtype ? x : op("convert", x.type().withDType(dtype), x);
  }

  Instr compare(String direction, Instr a, Instr b) {
    var type = a.type().withDType(org.girih.ir.type.DType.BOOL);
    var instruction = instruction("compare", HloShapes.of(type), List.of(a, b));
    instruction.setComparisonDirection(direction);
    return new Instr(add(instruction), type);
  }

  Instr select(Instr condition, Instr a, Instr b) {
    Instr wide = broadcast(condition, a.type().withDType(org.girih.ir.type.DType.BOOL), List.of());
    return op("select", a.type(), wide, a, b);
  }

  /// Returns the scalar that an array repeats, where it was made by a broadcast.
  Optional<Instr> scalar(Instr wide) {
    return Optional.ofNullable(scalars.get(wide.id()));
  }

  /// Ends the computation and adds it to the module; returns its number.
  ///
  /// @param tuple whether a single result is a tuple too
  long finish(List<Instr> results, boolean tuple) {
    List<ArrayType> types = results.stream().map(Instr::type).toList();
    ShapeProto shape = tuple ? HloShapes.tuple(types) : HloShapes.results(types);
    long root =
        results.size() == 1 && !tuple
            ? results.getFirst().id()
            : add(instruction("tuple", shape, results));
    signature.setResult(shape);
    proto.setRootId(root).setProgramShape(signature);
    module.add(proto.build());
    return id;
  }

  String name() {
    return proto.getName();
  }

  ProgramShapeProto signature() {
    return signature.build();
  }
}
