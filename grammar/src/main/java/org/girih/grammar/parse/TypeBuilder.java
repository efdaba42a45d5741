package org.girih.grammar.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr;
import org.girih.grammar.ast.TypeExpr.DimExpr.Dim;
import org.girih.grammar.ast.TypeExpr.DimExpr.Rest;
import org.girih.grammar.ast.TypeExpr.FieldType;
import org.girih.grammar.ast.TypeExpr.FunctionType;
import org.girih.grammar.ast.TypeExpr.NamedType;
import org.girih.grammar.ast.TypeExpr.OptionalType;
import org.girih.grammar.ast.TypeExpr.RecordType;
import org.girih.grammar.ast.TypeExpr.SizeExpr;
import org.girih.grammar.ast.TypeExpr.SizeExpr.Any;
import org.girih.grammar.ast.TypeExpr.SizeExpr.SizeBinary;
import org.girih.grammar.ast.TypeExpr.SizeExpr.SizeInt;
import org.girih.grammar.ast.TypeExpr.SizeExpr.SizeName;
import org.girih.grammar.ast.TypeExpr.SizeOp;
import org.girih.grammar.ast.TypeExpr.TupleType;
import org.girih.grammar.parse.GirihParser.AnySizeContext;
import org.girih.grammar.parse.GirihParser.DimContext;
import org.girih.grammar.parse.GirihParser.DimsContext;
import org.girih.grammar.parse.GirihParser.FieldTypeContext;
import org.girih.grammar.parse.GirihParser.InnerSizeContext;
import org.girih.grammar.parse.GirihParser.IntSizeContext;
import org.girih.grammar.parse.GirihParser.NameSizeContext;
import org.girih.grammar.parse.GirihParser.NamedTypeContext;
import org.girih.grammar.parse.GirihParser.RecordTypeContext;
import org.girih.grammar.parse.GirihParser.RestDimContext;
import org.girih.grammar.parse.GirihParser.SizeContext;
import org.girih.grammar.parse.GirihParser.SizeDimContext;
import org.girih.grammar.parse.GirihParser.TupleTypeContext;
import org.girih.grammar.parse.GirihParser.TypeContext;
import org.girih.ir.source.Span;

/// Types, their dimensions, and the arithmetic of sizes.
final class TypeBuilder extends GirihBaseVisitor<TypeExpr> {
  private final AstBuilder ast;
  private final Dims dims = new Dims();
  private final Sizes sizes = new Sizes();

  TypeBuilder(AstBuilder ast) {
    this.ast = ast;
  }

  TypeExpr build(TypeContext type) {
    TypeExpr plain = type.plainType().accept(this);
    return type.NONE() == null ? plain : new OptionalType(ast.spans.of(type), plain);
  }

  /// The type that may be there.
  Optional<TypeExpr> optional(TypeContext type) {
    return Optional.ofNullable(type).map(this::build);
  }

  List<DimExpr> dims(DimsContext it) {
    return it.dim().stream().map(dims::build).toList();
  }

  @Override
  public TypeExpr visitNamedType(NamedTypeContext it) {
    return new NamedType(
        ast.spans.of(it),
        AstBuilder.path(it.path()),
        Optional.ofNullable(it.dims()).map(this::dims));
  }

  /// `(t)` is t, `(t,)` a tuple of one, `(t) -> u` a function.
  @Override
  public TypeExpr visitTupleType(TupleTypeContext it) {
    List<TypeExpr> items = it.items.stream().map(this::build).toList();
    if (it.gives != null) {
      return new FunctionType(ast.spans.of(it), items, build(it.gives));
    }
    boolean parenthesised = items.size() == 1 && it.COMMA().isEmpty();
    return parenthesised ? items.getFirst() : new TupleType(ast.spans.of(it), items);
  }

  @Override
  public TypeExpr visitRecordType(RecordTypeContext it) {
    return new RecordType(
        ast.spans.of(it), it.fieldType().stream().map(this::field).toList(), it.ELLIPSIS() != null);
  }

  private FieldType field(FieldTypeContext it) {
    return new FieldType(ast.spans.of(it), ast.field(it.field()), build(it.type()));
  }

  private final class Dims extends GirihBaseVisitor<DimExpr> {
    DimExpr build(DimContext it) {
      return it.accept(this);
    }

    @Override
    public DimExpr visitRestDim(RestDimContext it) {
      return new Rest(ast.spans.of(it), Optional.ofNullable(it.name()).map(AstBuilder::name));
    }

    @Override
    public DimExpr visitSizeDim(SizeDimContext it) {
      List<String> axes = it.axes() == null ? List.of() : AstBuilder.names(it.axes().name());
      return new Dim(ast.spans.of(it), sizes.build(it.size()), axes);
    }
  }

  /// `*` and `//` bind tighter than `+` and `-`, all of them from the left.
  private final class Sizes extends GirihBaseVisitor<SizeExpr> {
    private record Operand(SizeExpr size, Span span) {}

    SizeExpr build(SizeContext it) {
      int operators = it.sizeOp().size();
      Span whole = ast.spans.of(it);
      SizeExpr built = ast.enter(operators + 1, whole) ? fold(it).size() : new Any(whole);
      ast.leave(operators + 1);
      return built;
    }

    private Operand fold(SizeContext it) {
      var atoms = it.sizeAtom();
      var operators = it.sizeOp();
      Deque<Operand> operands = new ArrayDeque<>();
      Deque<SizeOp> waiting = new ArrayDeque<>();
      operands.push(operand(atoms.getFirst()));
      for (int i = 0; i < operators.size(); i++) {
        SizeOp op = op(operators.get(i).getStart());
        while (!waiting.isEmpty() && tight(waiting.peek()) >= tight(op)) {
          reduce(operands, waiting.pop());
        }
        waiting.push(op);
        operands.push(operand(atoms.get(i + 1)));
      }
      while (!waiting.isEmpty()) {
        reduce(operands, waiting.pop());
      }
      return operands.pop();
    }

    private Operand operand(GirihParser.SizeAtomContext atom) {
      return new Operand(atom.accept(this), ast.spans.of(atom));
    }

    private static void reduce(Deque<Operand> operands, SizeOp op) {
      Operand right = operands.pop();
      Operand left = operands.pop();
      Span span = left.span().to(right.span());
      operands.push(new Operand(new SizeBinary(span, op, left.size(), right.size()), span));
    }

    private static SizeOp op(Token token) {
      return switch (token.getType()) {
        case GirihParser.PLUS -> SizeOp.ADD;
        case GirihParser.MINUS -> SizeOp.SUBTRACT;
        case GirihParser.STAR -> SizeOp.MULTIPLY;
        default -> SizeOp.FLOOR_DIVIDE;
      };
    }

    private static int tight(SizeOp op) {
      return switch (op) {
        case ADD, SUBTRACT -> 1;
        case MULTIPLY, FLOOR_DIVIDE -> 2;
      };
    }

    @Override
    public SizeExpr visitAnySize(AnySizeContext it) {
      return new Any(ast.spans.of(it));
    }

    @Override
    public SizeExpr visitNameSize(NameSizeContext it) {
      return new SizeName(ast.spans.of(it), AstBuilder.path(it.path()));
    }

    @Override
    public SizeExpr visitIntSize(IntSizeContext it) {
      return new SizeInt(
          ast.spans.of(it), Numbers.integer(it.INT().getSymbol(), ast.spans, ast.errors));
    }

    @Override
    public SizeExpr visitInnerSize(InnerSizeContext it) {
      return build(it.size());
    }
  }
}
