package org.girih.grammar.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.girih.grammar.ast.Pattern;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.ast.TypeExpr.SizeOp;

/// Types, sizes and patterns.
final class TypeBuilder {
  private final Spans spans;

  TypeBuilder(SourceParser parser) {

    this.spans = parser.spans();
  }

  TypeExpr type(GirihParser.TypeContext tree) {
    return tree.accept(
        new GirihBaseVisitor<TypeExpr>() {
          @Override
          public TypeExpr visitNamedType(GirihParser.NamedTypeContext t) {
            return new TypeExpr.NamedType(
                spans.of(t), path(t.path()), Optional.ofNullable(t.dims()).map(d -> dims(d)));
          }

          @Override
          public TypeExpr visitTupleType(GirihParser.TupleTypeContext t) {
            boolean comma = t.getText().endsWith(",)");
            return t.type().size() == 1 && !comma
                ? type(t.type(0))
                : new TypeExpr.TupleType(
                    spans.of(t), t.type().stream().map(TypeBuilder.this::type).toList());
          }

          @Override
          public TypeExpr visitRecordType(GirihParser.RecordTypeContext t) {
            return new TypeExpr.RecordType(
                spans.of(t),
                t.fieldType().stream()
                    .map(
                        f ->
                            new TypeExpr.FieldType(
                                spans.of(f), f.name().getText(), type(f.type())))
                    .toList());
          }
        });
  }

  List<String> path(GirihParser.PathContext tree) {
    return tree.name().stream().map(n -> n.getText()).toList();
  }

  List<DimExpr> dims(GirihParser.DimsContext tree) {
    return tree.dim().stream().map(this::dim).toList();
  }

  private DimExpr dim(GirihParser.DimContext tree) {
    return tree.accept(
        new GirihBaseVisitor<DimExpr>() {
          @Override
          public DimExpr visitRestDim(GirihParser.RestDimContext d) {
            return new DimExpr.Rest(spans.of(d));
          }

          @Override
          public DimExpr visitSizeDim(GirihParser.SizeDimContext d) {
            List<String> axes =
                d.axes() == null
                    ? List.of()
                    : d.axes().name().stream().map(n -> n.getText()).toList();
            return new DimExpr.Dim(spans.of(d), size(d.size()), axes);
          }
        });
  }

  /// `*` and `//` before `+` and `-`, each from the left.
  private SizeExpr size(GirihParser.SizeContext tree) {
    var terms = new ArrayList<SizeExpr>();
    var signs = new ArrayList<SizeOp>();
    terms.add(atom(tree.sizeAtom(0)));
    for (int i = 0; i < tree.sizeOp().size(); i++) {
      SizeExpr right = atom(tree.sizeAtom(i + 1));
      switch (tree.sizeOp(i).getText()) {
        case "*" -> terms.add(binary(SizeOp.MULTIPLY, terms.removeLast(), right));
        case "//" -> terms.add(binary(SizeOp.FLOOR_DIVIDE, terms.removeLast(), right));
        case String sign -> {
          signs.add(sign.equals("+") ? SizeOp.ADD : SizeOp.SUBTRACT);
          terms.add(right);
        }
      }
    }
    SizeExpr sum = terms.getFirst();
    for (int i = 0; i < signs.size(); i++) {
      sum = binary(signs.get(i), sum, terms.get(i + 1));
    }
    return sum;
  }

  private static SizeExpr binary(SizeOp op, SizeExpr left, SizeExpr right) {
    return new SizeExpr.SizeBinary(left.span().to(right.span()), op, left, right);
  }

  private SizeExpr atom(GirihParser.SizeAtomContext tree) {
    return tree.accept(
        new GirihBaseVisitor<SizeExpr>() {
          @Override
          public SizeExpr visitAnySize(GirihParser.AnySizeContext s) {
            return new SizeExpr.Any(spans.of(s));
          }

          @Override
          public SizeExpr visitNameSize(GirihParser.NameSizeContext s) {
            return new SizeExpr.SizeName(spans.of(s), path(s.path()));
          }

          @Override
          public SizeExpr visitIntSize(GirihParser.IntSizeContext s) {
            return new SizeExpr.SizeInt(spans.of(s), Numbers.integer(s.getText()));
          }

          @Override
          public SizeExpr visitInnerSize(GirihParser.InnerSizeContext s) {
            return size(s.size());
          }
        });
  }

  Pattern pattern(GirihParser.PatternContext tree) {
    return tree.accept(
        new GirihBaseVisitor<Pattern>() {
          @Override
          public Pattern visitNamePattern(GirihParser.NamePatternContext p) {
            return new Pattern.NamePattern(spans.of(p), p.getText());
          }

          @Override
          public Pattern visitWildcard(GirihParser.WildcardContext p) {
            return new Pattern.Wildcard(spans.of(p));
          }

          @Override
          public Pattern visitTuplePattern(GirihParser.TuplePatternContext p) {
            List<Pattern> items = patterns(p.patterns());
            boolean comma = p.patterns() != null && p.patterns().getText().endsWith(",");
            return items.size() == 1 && !comma
                ? items.getFirst()
                : new Pattern.TuplePattern(spans.of(p), items);
          }

          @Override
          public Pattern visitRecordPattern(GirihParser.RecordPatternContext p) {
            var fields =
                p.fieldPattern().stream()
                    .map(
                        f -> {
                          String name = f.name().getText();
                          Pattern inner =
                              f.pattern() == null
                                  ? new Pattern.NamePattern(spans.of(f), name)
                                  : pattern(f.pattern());
                          return new Pattern.FieldPattern(spans.of(f), name, inner);
                        })
                    .toList();
            return new Pattern.RecordPattern(spans.of(p), fields, p.ELLIPSIS() != null);
          }
        });
  }

  List<Pattern> patterns(GirihParser.PatternsContext tree) {
    return tree == null ? List.of() : tree.pattern().stream().map(this::pattern).toList();
  }
}
