package org.girih.grammar.elaborate.program;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.girih.grammar.ast.Expr;
import org.girih.grammar.ast.SizeNames;
import org.girih.grammar.ast.TypeExpr;
import org.girih.grammar.elaborate.binding.Annotations;
import org.girih.grammar.elaborate.binding.AssumedValues;
import org.girih.grammar.elaborate.binding.Sizes;
import org.girih.grammar.elaborate.core.Elaboration;
import org.girih.grammar.elaborate.core.Fault;
import org.girih.grammar.elaborate.core.FileScope;
import org.girih.grammar.elaborate.core.HostReading;
import org.girih.grammar.elaborate.core.Scope;
import org.girih.grammar.elaborate.core.Trees;
import org.girih.grammar.elaborate.core.Val;
import org.girih.grammar.plan.Loader;
import org.girih.grammar.plan.Step;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.type.ArrayType;
import org.girih.ir.type.DType;

/// `clock()`, `load(path)` and `arg(name, default)` in a statement of the host program.
///
/// What they give is read before the expression that has them, the time once all is computed that
/// precedes it:
///
/// ```
/// print(loss(w), clock() - t)   →   a = loss(w);  time = clock();  b = time - t;  print a b
/// ```
///
/// What may be computed never, later or many times (functions, branches, loops, blocks) is left
/// out: there they are unknown names.
final class HostReadings {
  private final Elaboration e;
  private final FileScope file;
  private final HostSegments segments;
  private final Loader loader;
  private final ProgramArguments arguments;

  HostReadings(
      Elaboration e,
      FileScope file,
      HostSegments segments,
      Loader loader,
      ProgramArguments arguments) {
    this.e = e;
    this.file = file;
    this.segments = segments;
    this.loader = loader;
    this.arguments = arguments;
  }

  /// Reads for each call in an expression that does, and does something with it then.
  ///
  /// @param waits whether what precedes is computed before the time is read; where effects are left
  ///     out nothing waits, and the time is that at which the plan begins
  <T> T in(Expr expr, boolean waits, Scope scope, Supplier<T> body) {
    calls(
        expr,
        call -> {
          if (call.callee() instanceof Expr.Name(_, String name)
              && HostReading.NAMES.contains(name)
              && HostEffects.isCallOf(call, name, scope)) {
            HostReading.bind(call, scope, read(name, call, waits, scope));
          }
        });
    // The segment may be another one since.
    return e.in(segments.trace(), body);
  }

  private Val read(String name, Expr.Call call, boolean waits, Scope scope) {
    return switch (name) {
      case "clock" -> clock(call, waits);
      case "load" -> load(call, Optional.empty(), scope);
      case String _ -> argument(call, scope);
    };
  }

  private Val clock(Expr.Call call, boolean waits) {
    if (!call.args().isEmpty()) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`clock` takes no arguments");
    }
    if (waits) {
      segments.cut();
    }
    Val.Array time = segments.input(ArrayType.scalar(DType.F64));
    segments.effect(List.of(), new Step.Clock(segments.slot(time)));
    return time;
  }

  /// `arg("lr", 0.1)`: what `--arg lr=…` says, or else the second one.
  private Val argument(Expr.Call call, Scope scope) {
    boolean fits =
        call.args().size() == 2
            && call.args().stream().allMatch(Expr.Arg.Positional.class::isInstance);
    if (!fits) {
      throw e.fault(
          Diagnostic.error(
                  Code.WRONG_ARGUMENTS, call.span(), "`arg` takes a name and a value without it")
              .help("`let rate = arg(\"rate\", 0.1)`, and `girih run FILE --arg rate=0.5`"));
    }
    Expr written = call.args().getFirst().value();
    if (!(e.eval(written, scope) instanceof Val.Str(String name))) {
      throw e.fault(Code.NOT_STATIC, written.span(), "the name of an argument is a static string");
    }
    Val plain = e.eval(call.args().getLast().value(), scope);
    return arguments.value(e, segments, file, call.span(), name, plain);
  }

  /// Reads the file that a `let` is the whole value of, and before it what its path is made of.
  Val loaded(Expr.Call call, Optional<TypeExpr> type, Scope scope) {
    return call.args().size() == 1
        ? in(call.args().getFirst().value(), false, scope, () -> load(call, type, scope))
        : load(call, type, scope);
  }

  /// Reads a file. Without a type, or with one that leaves sizes open, its header is read now.
  Val load(Expr.Call call, Optional<TypeExpr> type, Scope scope) {
    var args = call.args();
    if (args.size() != 1 || !(args.getFirst() instanceof Expr.Arg.Positional)) {
      throw e.fault(Code.WRONG_ARGUMENTS, call.span(), "`load` takes one path");
    }
    Expr written = args.getFirst().value();
    Val name = e.eval(written, scope);
    if (!(name instanceof Val.Str(String path))) {
      throw e.fault(
          Code.NOT_STATIC,
          written.span(),
          "the path of `load` is a static string, not " + Trees.describe(name));
    }
    Val val;
    boolean typed = type.isPresent() && fullySized(type.get());
    if (typed) {
      var sizes = new Sizes(List.of(), scope);
      Val made =
          AssumedValues.input(e, type.get(), sizes)
              .orElseThrow(
                  () ->
                      e.fault(
                          Diagnostic.error(
                                  Code.ANNOTATION_DIFFERS,
                                  type.get().span(),
                                  "the type of a file states what is in it, and `"
                                      + type.get().span().text()
                                      + "` leaves that open")
                              .help("leave the annotation out: the file's header is read")));
      val = Trees.map(made, leaf -> leaf instanceof Val.Array a ? segments.input(a.type()) : leaf);
    } else {
      var header = loader.header(file.file().source(), path, written.span(), e.diagnostics());
      if (header.isEmpty()) {
        throw new Fault.Poisoned();
      }
      val = segments.inputs(header.get());
    }
    segments.effect(List.of(), new Step.Load(call.span(), path, segments.tree(val)));
    if (type.isPresent() && (!typed || Annotations.places(type.get()))) {
      var sizes = new Sizes(List.of(), scope);
      val = Annotations.check(e, type.get(), val, sizes, written.span(), "the file");
      sizes.finish(e);
      sizes.bindInto(scope);
    }
    return val;
  }

  private static boolean fullySized(TypeExpr type) {
    return SizeNames.of(type).isEmpty()
        && !type.span().text().contains("_")
        && !type.span().text().contains("...");
  }

  /// Passes on the calls that are computed once, with the expression, in the order in which they
  /// are written.
  private static void calls(Expr expr, Consumer<Expr.Call> found) {
    switch (expr) {
      case Expr.Call call -> {
        calls(call.callee(), found);
        call.args().forEach(a -> calls(a.value(), found));
        found.accept(call);
      }
      case Expr.Text(_, var parts) ->
          parts.forEach(
              part -> {
                if (part instanceof Expr.Part.Hole(_, var value, _)) {
                  calls(value, found);
                }
              });
      case Expr.TupleExpr(_, var items) -> items.forEach(i -> calls(i, found));
      case Expr.ArrayExpr(_, var items) -> items.forEach(i -> calls(i, found));
      case Expr.RecordExpr(_, var fields) -> fields.forEach(f -> calls(f.value(), found));
      case Expr.RecordUpdate(_, var base, var updates) -> {
        calls(base, found);
        updates.forEach(u -> calls(u.value(), found));
      }
      case Expr.Index(_, var base, var subs) -> {
        calls(base, found);
        subs.forEach(s -> calls(s, found));
      }
      case Expr.Field(_, var base, _, _) -> calls(base, found);
      case Expr.Unary(_, _, var operand) -> calls(operand, found);
      case Expr.Binary binary -> {
        // A chain of operators is as deep as it is long.
        var operands = new ArrayDeque<Expr>();
        Expr first = binary;
        while (first instanceof Expr.Binary(_, _, _, var left, var right)) {
          operands.push(right);
          first = left;
        }
        operands.push(first);
        operands.forEach(o -> calls(o, found));
      }
      case Expr.Update(_, var base, var subs, _, var value) -> {
        calls(base, found);
        subs.forEach(s -> calls(s, found));
        calls(value, found);
      }
      case Expr.Constrain(_, var base, _) -> calls(base, found);
      case Expr.Lambda _, Expr.If _, Expr.Loop _, Expr.Block _, Expr.Comprehension _ -> {}
      case Expr.Match _ -> {}
      case Expr.Name _, Expr.IntLit _, Expr.FloatLit _, Expr.BoolLit _ -> {}
      case Expr.NoneLit _, Expr.Ellipsis _ -> {}
    }
  }

  private static void calls(Expr.Sub sub, Consumer<Expr.Call> found) {
    switch (sub) {
      case Expr.Sub.At(_, var value) -> calls(value, found);
      case Expr.Sub.Slice(_, var start, var stop, var step) ->
          Stream.of(start, stop, step).flatMap(Optional::stream).forEach(x -> calls(x, found));
    }
  }
}
