package org.girih.grammar.elaborate.intrinsic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.girih.grammar.elaborate.core.Intrinsic;
import org.girih.grammar.elaborate.core.Val;
import org.girih.ir.type.DType;

/// What every file sees without import: the library written in Girih (`girih/prelude.girih`), and
/// under it the functions of the compiler.
public final class Prelude {
  private Prelude() {}

  /// The functions of the compiler, dtypes and constants, by name.
  public static Map<String, Val> builtins() {
    var out = new HashMap<String, Val>();
    var all = new ArrayList<Intrinsic>();
    all.addAll(PointwiseIntrinsics.all());
    all.addAll(ReductionIntrinsics.all());
    all.addAll(ShapeIntrinsics.all());
    all.addAll(CreationIntrinsics.all());
    all.addAll(ProductIntrinsics.all());
    all.addAll(TransformIntrinsics.all());
    all.addAll(Collectives.all());
    all.addAll(VariableIntrinsics.all());
    all.forEach(i -> out.put(i.name(), new Val.Builtin(i)));
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
