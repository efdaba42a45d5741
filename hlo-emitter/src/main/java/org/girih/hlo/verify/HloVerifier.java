package org.girih.hlo.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.girih.hlo.proto.HloComputationProto;
import org.girih.hlo.proto.HloInputOutputAliasProto.AliasEntryProto;
import org.girih.hlo.proto.HloModuleProto;
import org.girih.hlo.proto.ProgramShapeProto;
import org.girih.hlo.proto.ShapeProto;
import org.girih.ir.diagnostic.Code;
import org.girih.ir.diagnostic.Diagnostic;
import org.girih.ir.diagnostic.Diagnostics;
import org.girih.ir.diagnostic.Visible;

/// Proves a module fit for XLA: a module without diagnostics does not abort the process inside the
/// plugin. It takes modules of our own and, through [HloReader], those of strangers; it is total,
/// and linear in the module's size.
///
/// Checked are the structure (names, numbers, order, calls, the entry's signature and aliases),
/// every shape, and for every instruction that its opcode is one of [OpcodeRules], has no
/// attributes but its own, and that its operands yield the shape that it claims.
public final class HloVerifier {
  private final HloLimits limits;
  private final Diagnostics found = new Diagnostics();
  private final Map<Long, Computation> computations = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private final Set<Long> instructionIds = new HashSet<>();
  private final Set<String> instructionNames = new HashSet<>();

  private HloVerifier(HloLimits limits) {
    this.limits = limits;
  }

  /// The facts about a computation once it was checked.
  ///
  /// @param signature what it takes and returns; of a computation with errors it may be null
  /// @param size instructions, with a copy of each callee
  /// @param depth of calls, itself included
  /// @param control depth of loops and branches below it
  /// @param scalar whether it holds nothing but pointwise ops on scalars, tuples and their
  ///     elements, parameters, constants, and calls of such
  record Computation(Site.Signature signature, long size, int depth, int control, boolean scalar) {}

  /// Returns what is wrong with the module; empty if it may be compiled.
  public static List<Diagnostic> verify(HloModuleProto module, HloLimits limits) {
    var verifier = new HloVerifier(limits);
    verifier.module(module);
    return verifier.found.all();
  }

  private void module(HloModuleProto module) {
    tried(
        "",
        () -> {
          name(module.getName(), new HashSet<>());
          Refused.unless(
              module.getUnknownFields().isEmpty()
                  && !module.hasSpmdOutputSharding()
                  && module.getSpmdParametersShardingsCount() == 0
                  && module.getFrontendAttributes().getMapCount() == 0,
              "a module with fields that Girih lacks");
        });
    HloComputationProto entry = null;
    for (HloComputationProto computation : module.getComputationsList()) {
      if (found.errorCount() >= Diagnostics.MAX_ERRORS) {
        return;
      }
      computation(computation);
      if (computation.getId() == module.getEntryComputationId()) {
        entry = computation;
      }
    }
    HloComputationProto last = entry;
    if (tried("", () -> entry(module, last))) {
      tried("", () -> aliases(module, computations.get(last.getId()).signature()));
    }
  }

  private void computation(HloComputationProto proto) {
    String where = " in %" + shown(proto.getName());
    tried(
        where,
        () -> {
          name(proto.getName(), names);
          Refused.unless(
              proto.getUnknownFields().isEmpty(), "a computation with fields that Girih lacks");
          Refused.unless(
              proto.getId() >= 0 && proto.getId() <= Integer.MAX_VALUE,
              "computation number %d",
              proto.getId());
          Refused.unless(
              !computations.containsKey(proto.getId()), "a second computation %d", proto.getId());
        });
    var body = new Body(this, proto, where);
    Computation checked = body.check();
    tried(
        where,
        () -> {
          Refused.tooLargeUnless(
              checked.size() <= HloLimits.INSTRUCTIONS,
              "more than %d instructions once calls are in place",
              HloLimits.INSTRUCTIONS);
          Refused.unless(
              checked.depth() <= HloLimits.CALL_DEPTH,
              "calls more than %d deep",
              HloLimits.CALL_DEPTH);
          Refused.unless(
              checked.control() <= HloLimits.CONTROL_DEPTH,
              "loops and branches more than %d deep",
              HloLimits.CONTROL_DEPTH);
        });
    computations.putIfAbsent(proto.getId(), checked);
  }

  /// Demands a name that XLA's text admits as an identifier, not taken before.
  static void name(String name, Set<String> taken) {
    Refused.unless(!name.isEmpty() && name.length() <= 1000, "a name of %d letters", name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      boolean rest = c >= '0' && c <= '9' || c == '.' || c == '-';
      Refused.unless(letter || i > 0 && rest, "the name \"%s\"", shown(name));
    }
    Refused.unless(taken.add(name), "the name %s is taken", name);
  }

  /// Returns a name as a message shows it.
  static String shown(String name) {
    return Visible.text(Visible.shortened(name));
  }

  Computation called(long id) {
    return computations.get(id);
  }

  HloLimits limits() {
    return limits;
  }

  Set<Long> instructionIds() {
    return instructionIds;
  }

  Set<String> instructionNames() {
    return instructionNames;
  }

  boolean full() {
    return found.errorCount() >= Diagnostics.MAX_ERRORS;
  }

  /// Runs a check; a refusal becomes a diagnostic. Returns whether there was none.
  boolean tried(String where, Runnable check) {
    try {
      check.run();
      return true;
    } catch (Refused refused) {
      found.add(Diagnostic.error(refused.code(), "HLO" + where + ": " + refused.getMessage()));
    } catch (ArithmeticException overflow) {
      found.add(Diagnostic.error(Code.BAD_HLO, "HLO" + where + ": a size leaves 64 bits"));
    }
    return false;
  }

  /// Checks that the entry comes last, takes arrays, returns an array or a tuple of such, and has
  /// the signature that the host is told, row-major.
  private void entry(HloModuleProto module, HloComputationProto entry) {
    Refused.unless(entry != null, "no entry computation %d", module.getEntryComputationId());
    Refused.unless(
        module.getEntryComputationName().equals(entry.getName()),
        "entry computation \"%s\" is called \"%s\"",
        shown(module.getEntryComputationName()),
        shown(entry.getName()));
    Refused.unless(
        module.getComputations(module.getComputationsCount() - 1).getId() == entry.getId(),
        "the entry computation is not the last");
    Refused.unless(module.hasHostProgramShape(), "no host_program_shape");
    Site.Signature signature = computations.get(entry.getId()).signature();
    Refused.unless(signature != null, "the entry computation is not well formed");
    Refused.unless(
        signature.parameters().stream().allMatch(HloShape.Array.class::isInstance),
        "an entry parameter is a tuple");
    signature(module.getHostProgramShape(), signature, limits.valueBytes(), "host_program_shape");
    for (ShapeProto parameter : module.getHostProgramShape().getParametersList()) {
      Refused.unless(HloShape.rowMajor(parameter), "an entry parameter is not row-major");
    }
    Refused.unless(
        HloShape.rowMajor(module.getHostProgramShape().getResult()), "a result is not row-major");
    long bytes = signature.result().bytes();
    for (HloShape parameter : signature.parameters()) {
      bytes = Math.addExact(bytes, parameter.bytes());
    }
    Refused.tooLargeUnless(
        bytes <= limits.valueBytes(),
        "parameters and results take %d bytes, %d are there",
        bytes,
        limits.valueBytes());
  }

  /// Requires a signature as written to be the one that was found.
  static void signature(ProgramShapeProto proto, Site.Signature expected, long limit, String what) {
    Refused.unless(proto.getUnknownFields().isEmpty(), "%s with fields that Girih lacks", what);
    var parameters = new ArrayList<HloShape>();
    for (ShapeProto parameter : proto.getParametersList()) {
      parameters.add(HloShape.read(parameter, limit));
    }
    Refused.unless(
        parameters.equals(expected.parameters()),
        "%s takes %s, but the parameters are %s",
        what,
        parameters,
        expected.parameters());
    HloShape result = HloShape.read(proto.getResult(), limit);
    Refused.unless(
        result.equals(expected.result()),
        "%s gives %s, but the root is %s",
        what,
        result,
        expected.result());
    Refused.unless(
        proto.getParameterNamesCount() == 0 || proto.getParameterNamesCount() == parameters.size(),
        "%s names %d parameters",
        what,
        proto.getParameterNamesCount());
  }

  /// Checks that a result takes the memory of a parameter of its own shape, each at most once.
  private void aliases(HloModuleProto module, Site.Signature entry) {
    var parameters = new HashSet<Long>();
    var outputs = new HashSet<List<Long>>();
    Refused.unless(
        module.getInputOutputAlias().getUnknownFields().isEmpty(),
        "aliases with fields that Girih lacks");
    for (AliasEntryProto alias : module.getInputOutputAlias().getEntriesList()) {
      long number = alias.getParameterNumber();
      List<Long> at = alias.getOutputShapeIndexList();
      Refused.unless(
          alias.getUnknownFields().isEmpty()
              && alias.getParameterShapeIndexCount() == 0
              && number >= 0
              && number < entry.parameters().size(),
          "alias of parameter %d %s",
          number,
          alias.getParameterShapeIndexList());
      HloShape output =
          switch (entry.result()) {
            case HloShape.Array array -> at.isEmpty() ? array : null;
            case HloShape.Tuple(var elements) ->
                at.size() == 1 && at.getFirst() >= 0 && at.getFirst() < elements.size()
                    ? elements.get(at.getFirst().intValue())
                    : null;
          };
      Refused.unless(output != null, "alias of result %s", at);
      Refused.unless(
          output.equals(entry.parameters().get((int) number)),
          "alias of parameter %d and result %s, which differ in shape",
          number,
          at);
      Refused.unless(
          parameters.add(number) && outputs.add(at),
          "parameter %d or result %s is aliased twice",
          number,
          at);
      switch (alias.getKind()) {
        case MAY_ALIAS, MUST_ALIAS -> {}
        case UNDEFINED_ALIAS, UNRECOGNIZED ->
            Refused.unless(false, "alias kind %d", alias.getKindValue());
      }
    }
  }
}
