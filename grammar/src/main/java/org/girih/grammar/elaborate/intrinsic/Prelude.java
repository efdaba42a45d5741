package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.type.DType;

/// The functions of the compiler that every file sees without import. The rest of the prelude is
/// written in Girih on top of it ([Library#PRELUDE]).
final class Prelude {
  private Prelude() {}

  /// Returns the functions of the compiler.
  static List<Intrinsic> intrinsics() {
    var all = new ArrayList<Intrinsic>();
    all.addAll(PointwiseIntrinsics.all());
    all.addAll(ReductionIntrinsics.all());
    all.addAll(ShapeIntrinsics.all());
    all.addAll(CreationIntrinsics.all());
    all.addAll(ProductIntrinsics.all());
    all.addAll(TransformIntrinsics.all());
    all.addAll(Collectives.all());
    all.addAll(VariableIntrinsics.all());
    all.addAll(SequenceIntrinsics.all());
    return all.stream()
        .map(i -> Library.ofAlias(i.name()).map(Library::title).map(i::before).orElse(i))
        .toList();
  }

  /// Returns dtypes and constants, by name.
  static Map<String, Val> constants() {
    var out = new HashMap<String, Val>();
    for (DType dtype : DType.values()) {
      out.put(dtype.text(), new Val.Type(dtype));
    }
    out.put("pi", new Val.Real(Math.PI));
    out.put("e", new Val.Real(Math.E));
    out.put("inf", new Val.Real(Double.POSITIVE_INFINITY));
    out.put("nan", new Val.Real(Double.NaN));
    out.put("newaxis", Val.NONE);
    return out;
  }
}
