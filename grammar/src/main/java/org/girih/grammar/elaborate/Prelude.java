package org.girih.grammar.elaborate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.girih.grammar.ast.SourceFile;
import org.girih.grammar.parse.SourceParser;
import org.girih.ir.diagnostic.CompilerBug;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.source.Source;
import org.girih.ir.type.DType;

/// What every file sees without import: the library written in Girih (`girih/prelude.girih`), and
/// under it the functions of the compiler.
final class Prelude {
  private Prelude() {}

  /// The functions of the compiler, dtypes and constants, by name.
  static Map<String, Val> builtins() {
    var out = new HashMap<String, Val>();
    var all = new ArrayList<Intrinsic>();
    all.addAll(PointwiseIntrinsics.all());
    all.addAll(ReductionIntrinsics.all());
    all.addAll(ShapeIntrinsics.all());
    all.addAll(CreationIntrinsics.all());
    all.addAll(ProductIntrinsics.all());
    all.addAll(TransformIntrinsics.all());
    all.forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    for (DType dtype : DType.values()) {
      out.put(dtype.text(), new Val.Type(dtype));
    }
    out.put("pi", new Val.Real(Math.PI));
    out.put("e", new Val.Real(Math.E));
    out.put("inf", new Val.Real(Double.POSITIVE_INFINITY));
    out.put("nan", new Val.Real(Double.NaN));
    out.put("newaxis", Val.NONE);
    out.put("tree", namespace("tree", CreationIntrinsics.tree()));
    return out;
  }

  private static Val.Namespace namespace(String name, List<Intrinsic> members) {
    var out = new TreeMap<String, Val>();
    members.forEach(i -> out.put(i.name(), new Val.Builtin(i)));
    return new Val.Namespace(name, out);
  }

  /// The library, parsed anew: it is small, and nothing is kept between elaborations.
  static SourceFile file() {
    String name = "prelude.girih";
    try (var in = Prelude.class.getResourceAsStream("/girih/" + name)) {
      if (in == null) {
        throw new CompilerBug("no " + name);
      }
      var source =
          new Source("girih:" + name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var diagnostics = new Diagnostics();
      return SourceParser.parse(source, diagnostics)
          .orElseThrow(() -> new CompilerBug("the prelude: " + diagnostics.all()));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
