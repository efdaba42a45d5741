package org.girih.passes.random;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.girih.ir.op.Call;
import org.girih.ir.op.Cond;
import org.girih.ir.op.Constant;
import org.girih.ir.op.FuncRef;
import org.girih.ir.op.IllTyped;
import org.girih.ir.op.Inference;
import org.girih.ir.op.Op;
import org.girih.ir.op.Scan;
import org.girih.ir.op.While;
import org.girih.ir.program.Entry;
import org.girih.ir.program.Func;
import org.girih.ir.program.FuncBuilder;
import org.girih.ir.program.Program;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.Condition;
import org.girih.ir.type.DType;
import org.girih.ir.type.Dim;
import org.girih.ir.type.Value;
import org.girih.passes.interpreter.Arguments;

/// Makes programs: a few functions of random equations over small arrays, each of which may call
/// those before it, and one entry. The same seed gives the same program.
public final class ProgramGenerator {
  private static final DType[] DTYPES = {
    DType.F32,
    DType.F32,
    DType.F64,
    DType.I32,
    DType.I32,
    DType.BOOL,
    DType.BF16,
    DType.U8,
    DType.C64
  };

  /// What derivatives are exact in, and what stands beside it.
  private static final DType[] SMOOTH = {
    DType.F64, DType.F64, DType.F64, DType.F64, DType.C128, DType.I32, DType.BOOL
  };

  private final Random random;
  private final DType[] dtypes;
  private final Map<FuncRef, Inference.Signature> signatures = new HashMap<>();
  private final List<Func> funcs = new ArrayList<>();

  private final Inference inference =
      new Inference() {
        @Override
        public Signature signature(FuncRef function) {
          return signatures.get(function);
        }

        @Override
        public void unknown(Condition condition) {
          throw new IllTyped(condition.toString());
        }
      };

  private ProgramGenerator(Random random, DType[] dtypes) {
    this.random = random;
    this.dtypes = dtypes;
  }

  /// A program with about so many equations a function.
  public static Program program(long seed, int size) {
    return new ProgramGenerator(new Random(seed), DTYPES).program(size);
  }

  /// A program whose floats are all `f64` or `c128`, so that laws of derivatives hold closely.
  public static Program smooth(Random random, int size) {
    return new ProgramGenerator(random, SMOOTH).program(size);
  }

  private Program program(int size) {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      var params = new ArrayList<ArrayType>();
      for (int n = random.nextInt(4); n >= 0; n--) {
        params.add(type());
      }
      if (dtypes == SMOOTH) {
        params.addFirst(ArrayType.of(DType.F64, 1 + random.nextInt(3)));
      }
      add(i == count - 1 ? "main" : "f" + i, params, size);
    }
    Func main = funcs.getLast();
    var signature = main.signature();
    return Program.of(
        funcs,
        List.of(
            new Entry(
                main.ref(), names(signature.params().size()), names(signature.results().size()))));
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj(i -> "v" + i).toList();
  }

  private ArrayType type() {
    DType dtype = dtypes[random.nextInt(dtypes.length)];
    long[] sizes = IntStream.range(0, random.nextInt(3)).mapToLong(_ -> size()).toArray();
    return ArrayType.of(dtype, sizes);
  }

  private long size() {
    return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
  }

  private FuncRef add(String name, List<ArrayType> params, int size) {
    var builder = new FuncBuilder(new FuncRef(name), inference);
    List<Value> values = new ArrayList<>();
    params.forEach(type -> values.add(builder.param(type)));
    for (int i = 0; i < size; i++) {
      values.addAll(equation(builder, values));
    }
    var results = new ArrayList<Value>();
    for (int n = random.nextInt(3); n >= 0; n--) {
      results.add(values.get(random.nextInt(values.size())));
    }
    if (dtypes == SMOOTH) {
      values.stream()
          .filter(v -> v.type().dtype().inexact())
          .reduce((_, b) -> b)
          .ifPresent(results::add);
    }
    return keep(builder.finish(results));
  }

  private FuncRef keep(Func func) {
    funcs.add(func);
    signatures.put(func.ref(), func.signature());
    return func.ref();
  }

  private List<Value> equation(FuncBuilder builder, List<Value> values) {
    if (values.isEmpty() || random.nextInt(6) == 0) {
      return builder.emit(new Constant(Arguments.literal(random, type())), List.of());
    }
    if (random.nextInt(8) == 0) {
      var structured = structured(builder, values);
      if (!structured.isEmpty()) {
        return structured;
      }
    }
    Value x = values.get(random.nextInt(values.size()));
    // Most tries do not fit what is there; one that does is found soon.
    for (int attempt = 0; attempt < 50; attempt++) {
      Op op = RandomOps.op(random, x.type());
      var operands = operands(builder, values, op, x);
      try {
        if (small(op.infer(inference, operands.stream().map(Value::type).toList()))) {
          return builder.emit(op, operands);
        }
      } catch (IllTyped _) {
        continue;
      }
    }
    return List.of();
  }

  private boolean small(List<ArrayType> types) {
    return types.stream()
        .allMatch(
            t ->
                t.elements().known().orElseThrow() <= 200
                    && (dtypes != SMOOTH
                        || !t.dtype().inexact()
                        || t.dtype() == DType.F64
                        || t.dtype() == DType.C128));
  }

  private List<Value> operands(FuncBuilder builder, List<Value> values, Op op, Value x) {
    var operands = new ArrayList<>(List.of(x));
    for (ArrayType due : RandomOps.others(random, op, x.type())) {
      operands.add(one(builder, values, due));
    }
    if (op instanceof org.girih.ir.op.Select) {
      operands.addFirst(one(builder, values, x.type().withDType(DType.BOOL)));
    }
    return operands;
  }

  /// A value of that type: one that is there, or a constant.
  private Value one(FuncBuilder builder, List<Value> values, ArrayType due) {
    var fitting = values.stream().filter(v -> v.type().equals(due)).toList();
    return fitting.isEmpty() || random.nextInt(5) == 0
        ? builder.emit1(new Constant(Arguments.literal(random, due)))
        : fitting.get(random.nextInt(fitting.size()));
  }

  private List<Value> structured(FuncBuilder builder, List<Value> values) {
    String name = "g" + funcs.size() + "." + builder.size() + "." + builder.ref().name();
    Value x = values.get(random.nextInt(values.size()));
    ArrayType i32 = ArrayType.scalar(DType.I32);
    switch (random.nextInt(4)) {
      case 0 -> {
        if (funcs.isEmpty()) {
          return List.of();
        }
        Func callee = funcs.get(random.nextInt(funcs.size()));
        var in = callee.signature().params().stream().map(t -> one(builder, values, t)).toList();
        return builder.emit(new Call(callee.ref()), in);
      }
      case 1 -> {
        FuncRef then = add(name + ".then", List.of(x.type()), 3);
        // The other branch must give the same types: it gives constants.
        var other = new FuncBuilder(new FuncRef(name + ".else"), inference);
        other.param(x.type());
        var results = new ArrayList<Value>();
        for (ArrayType type : signatures.get(then).results()) {
          results.add(other.emit1(new Constant(Arguments.literal(random, type))));
        }
        FuncRef otherwise = keep(other.finish(results));
        Value p = one(builder, values, ArrayType.scalar(DType.BOOL));
        return builder.emit(new Cond(then, otherwise), List.of(p, x));
      }
      case 2 -> {
        FuncRef body = step(name + ".body", List.of(i32, x.type()), 1);
        var all = signatures.get(body).results();
        return small(all)
            ? builder.emit(
                new Scan(body, Dim.of(random.nextInt(4)), 0, 1, random.nextBoolean(), false),
                List.of(x))
            : List.of();
      }
      default -> {
        FuncRef body = step(name + ".body", List.of(x.type()), 0);
        var condition = new FuncBuilder(new FuncRef(name + ".more"), inference);
        condition.param(x.type());
        Value more =
            condition.emit1(new Constant(Arguments.literal(random, ArrayType.scalar(DType.BOOL))));
        FuncRef ref = keep(condition.finish(List.of(more)));
        return builder.emit(new While(ref, body, 0, OptionalInt.of(random.nextInt(4))), List.of(x));
      }
    }
  }

  /// A loop's body: it gives a value of the last parameter's type, then `extra` others.
  private FuncRef step(String name, List<ArrayType> params, int extra) {
    var builder = new FuncBuilder(new FuncRef(name), inference);
    List<Value> values = new ArrayList<>();
    params.forEach(type -> values.add(builder.param(type)));
    for (int i = 0; i < 4; i++) {
      values.addAll(equation(builder, values));
    }
    var carry = values.stream().filter(v -> v.type().equals(params.getLast())).toList();
    var results = new ArrayList<>(List.of(carry.getLast()));
    for (int i = 0; i < extra; i++) {
      results.add(values.get(random.nextInt(values.size())));
    }
    return keep(builder.finish(results));
  }
}
