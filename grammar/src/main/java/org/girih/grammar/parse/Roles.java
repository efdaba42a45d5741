package org.girih.grammar.parse;

import org.antlr.v4.runtime.tree.ParseTree;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.girih.grammar.parse.GirihParser.ArmContext;
import org.girih.grammar.parse.GirihParser.AttributesContext;
import org.girih.grammar.parse.GirihParser.BlockAtomContext;
import org.girih.grammar.parse.GirihParser.BlockBodyContext;
import org.girih.grammar.parse.GirihParser.BlockContext;
import org.girih.grammar.parse.GirihParser.CallLinkContext;
import org.girih.grammar.parse.GirihParser.ChangeContext;
import org.girih.grammar.parse.GirihParser.ConstraintContext;
import org.girih.grammar.parse.GirihParser.DebugPrintContext;
import org.girih.grammar.parse.GirihParser.DerivativeOfContext;
import org.girih.grammar.parse.GirihParser.DimsContext;
import org.girih.grammar.parse.GirihParser.ExpressionBodyContext;
import org.girih.grammar.parse.GirihParser.FieldLinkContext;
import org.girih.grammar.parse.GirihParser.ForHeadContext;
import org.girih.grammar.parse.GirihParser.GeneratorsContext;
import org.girih.grammar.parse.GirihParser.HostBlockContext;
import org.girih.grammar.parse.GirihParser.HostBranchesContext;
import org.girih.grammar.parse.GirihParser.IndexContext;
import org.girih.grammar.parse.GirihParser.InfixContext;
import org.girih.grammar.parse.GirihParser.LambdaContext;
import org.girih.grammar.parse.GirihParser.LambdaHeadContext;
import org.girih.grammar.parse.GirihParser.LetContext;
import org.girih.grammar.parse.GirihParser.MatchAtomContext;
import org.girih.grammar.parse.GirihParser.ModuleNameItemContext;
import org.girih.grammar.parse.GirihParser.NumberChoiceContext;
import org.girih.grammar.parse.GirihParser.ParamsContext;
import org.girih.grammar.parse.GirihParser.PrefixContext;
import org.girih.grammar.parse.GirihParser.RecordTypeContext;
import org.girih.grammar.parse.GirihParser.RecordUpdateAtomContext;
import org.girih.grammar.parse.GirihParser.RequirementContext;
import org.girih.grammar.parse.GirihParser.RestDimContext;
import org.girih.grammar.parse.GirihParser.RestParamContext;
import org.girih.grammar.parse.GirihParser.ResultContext;
import org.girih.grammar.parse.GirihParser.SizeNamesContext;
import org.girih.grammar.parse.GirihParser.SizeOpContext;
import org.girih.grammar.parse.GirihParser.SliceRestContext;
import org.girih.grammar.parse.GirihParser.SpreadArgContext;
import org.girih.grammar.parse.GirihParser.SumItemContext;
import org.girih.grammar.parse.GirihParser.TakenContext;
import org.girih.grammar.parse.GirihParser.TupleTypeContext;
import org.girih.grammar.parse.GirihParser.TypeItemContext;
import org.girih.grammar.parse.GirihParser.TypeNameContext;
import org.girih.grammar.parse.GirihParser.TypeNamesContext;
import org.girih.grammar.parse.GirihParser.VariantChoiceContext;
import org.girih.grammar.parse.GirihParser.VariantContext;
import org.girih.grammar.parse.GirihParser.WhileHeadContext;
import org.girih.grammar.parse.Lexeme.Role;

/// Finds the roles of tokens in parse trees.
final class Roles {
  private Roles() {}

  static Role of(TerminalNode leaf) {
    ParseTree parent = leaf.getParent();
    return switch (leaf.getSymbol().getType()) {
      case GirihParser.LPAREN -> parenthesis(parent);
      case GirihParser.LAMBDA_PAREN ->
          parent instanceof LambdaHeadContext ? Role.LAMBDA_PARAMETERS : Role.LIST;
      case GirihParser.LBRACKET -> bracket(parent);
      case GirihParser.LBRACE -> brace(parent);
      case GirihParser.LAMBDA_BRACE ->
          parent instanceof TupleTypeContext || parent instanceof RecordTypeContext
              ? Role.RECORD
              : Role.BLOCK;
      case GirihParser.RPAREN, GirihParser.RBRACKET, GirihParser.RBRACE -> Role.CLOSE;
      case GirihParser.COMMA -> Role.COMMA;
      case GirihParser.DOT -> parent instanceof FieldLinkContext ? Role.FIELD : Role.PATH;
      case GirihParser.RANGE -> Role.RANGE;
      case GirihParser.COLON -> parent instanceof SliceRestContext ? Role.SLICE : Role.ANNOTATION;
      case GirihParser.ASSIGN -> assignment(parent);
      case GirihParser.ADD_ASSIGN, GirihParser.MULTIPLY_ASSIGN -> Role.IS;
      case GirihParser.ARROW -> arrow(parent);
      case GirihParser.PIPE -> Role.PIPE;
      case GirihParser.ELLIPSIS -> ellipsis(parent);
      case GirihParser.THEN -> Role.THEN;
      case GirihParser.ELSE ->
          parent instanceof HostBranchesContext ? Role.STATEMENT_ELSE : Role.ELSE;
      case GirihParser.FOR, GirihParser.WHILE, GirihParser.IF, GirihParser.MAX -> clause(parent);
      case GirihParser.WITH ->
          parent instanceof RecordUpdateAtomContext ? Role.RECORD_WITH : Role.CHANGE;
      case GirihParser.AS -> parent instanceof ConstraintContext ? Role.CONSTRAINT : Role.WORD;
      case GirihParser.WHERE -> parent instanceof RequirementContext ? Role.REQUIREMENT : Role.WORD;
      case GirihParser.NOT, GirihParser.AND, GirihParser.OR -> operator(parent, Role.WORD);
      default -> operator(parent, mark(leaf, parent));
    };
  }

  private static Role parenthesis(ParseTree parent) {
    return switch (parent) {
      case CallLinkContext _, DebugPrintContext _, VariantContext _, VariantChoiceContext _ ->
          Role.CALL;
      case DerivativeOfContext _ -> Role.CALL;
      case ParamsContext _, AttributesContext _ -> Role.PARAMETERS;
      default -> Role.LIST;
    };
  }

  private static Role bracket(ParseTree parent) {
    return switch (parent) {
      case IndexContext it -> it.getParent() instanceof ChangeContext ? Role.LIST : Role.INDEX;
      case DimsContext it -> it.getParent() instanceof ConstraintContext ? Role.LIST : Role.INDEX;
      case TypeNamesContext _, SizeNamesContext _ -> Role.INDEX;
      default -> Role.LIST;
    };
  }

  private static Role brace(ParseTree parent) {
    return switch (parent) {
      case BlockContext it -> it.getParent() instanceof BlockBodyContext ? Role.BODY : Role.BLOCK;
      case HostBlockContext _ -> Role.BODY;
      case BlockAtomContext _ -> Role.BLOCK;
      case MatchAtomContext _ -> Role.ARMS;
      default -> Role.RECORD;
    };
  }

  private static Role assignment(ParseTree parent) {
    return switch (parent) {
      case LetContext _ -> Role.LET_IS;
      case ExpressionBodyContext _, SumItemContext _, TypeItemContext _, ModuleNameItemContext _ ->
          Role.BODY_IS;
      case ChangeContext it -> it.extremum() == null ? Role.IS : Role.EXTREMUM_IS;
      default -> Role.IS;
    };
  }

  private static Role arrow(ParseTree parent) {
    return switch (parent) {
      case LambdaContext _ -> Role.LAMBDA_ARROW;
      case ArmContext _ -> Role.ARM_ARROW;
      case ResultContext _ -> Role.RESULT_ARROW;
      default -> Role.TYPE_ARROW;
    };
  }

  private static Role ellipsis(ParseTree parent) {
    return switch (parent) {
      case TypeNameContext _, TakenContext _ -> Role.PREFIX;
      case RestDimContext it -> it.name() == null ? Role.WORD : Role.PREFIX;
      default -> Role.WORD;
    };
  }

  private static Role clause(ParseTree parent) {
    return switch (parent) {
      case GeneratorsContext _ -> Role.CLAUSE;
      case ForHeadContext _, WhileHeadContext _ -> Role.LOOP_CLAUSE;
      default -> Role.WORD;
    };
  }

  private static Role operator(ParseTree parent, Role other) {
    return switch (parent) {
      case InfixContext _, SizeOpContext _ -> Role.INFIX;
      default -> other;
    };
  }

  private static Role mark(TerminalNode leaf, ParseTree parent) {
    return switch (parent) {
      case PrefixContext _, SpreadArgContext _, RestParamContext _ -> Role.PREFIX;
      case DerivativeOfContext _ when leaf.getSymbol().getType() == GirihParser.AT -> Role.PREFIX;
      case NumberChoiceContext _ when leaf.getSymbol().getType() == GirihParser.MINUS ->
          Role.PREFIX;
      case SumItemContext _, ArmContext _ when leaf.getSymbol().getType() == GirihParser.BAR ->
          Role.BAR;
      default -> Role.WORD;
    };
  }
}
