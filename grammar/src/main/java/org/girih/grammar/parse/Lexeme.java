package org.girih.grammar.parse;

/// A token of a file without syntax errors, and its role in the grammar.
///
/// @param start offset of its first character
/// @param end offset behind its last one
/// @param statement whether it begins an item, a statement, or an arm that no comma precedes: only
///     a line break separates it from what precedes it
/// @param of the number of the lexeme with which the construct begins that it belongs to: the
///     opening bracket of a [Role#CLOSE], a [Role#RECORD_WITH], and a [Role#COMMA] that is not a
///     statement's; the `if` of [Role#THEN] and [Role#ELSE]; the first operand of an [Role#INFIX];
///     itself for all others
/// @param precedence of an [Role#INFIX], from 1 for the loosest; else 0
public record Lexeme(Role role, int start, int end, boolean statement, int of, int precedence) {
  /// The place of a token in the grammar, as far as layout depends on it.
  public enum Role {
    /// A name, a literal, a keyword.
    WORD,
    /// `(` after what is called, or after a variant.
    CALL(true),
    /// `(` of parameters.
    PARAMETERS(true),
    /// `(` of a lambda's parameters.
    LAMBDA_PARAMETERS(true),
    /// `[` after what is indexed, after a type, or after the name of a def.
    INDEX(true),
    /// `(` or `[` of a value, a pattern, a type.
    LIST(true),
    /// `{` of a record: a value, an update, a pattern, a type.
    RECORD(true),
    /// `{` of the arms of a `match`.
    ARMS(true),
    /// `{` of a block in an expression.
    BLOCK(true),
    /// `{` of the body of a def, a module, or a statement.
    BODY(true),
    /// `)`, `]`, `}`.
    CLOSE,
    COMMA,
    /// `.` before a field of a value.
    FIELD,
    /// `.` between the names of a path.
    PATH,
    /// `..`.
    RANGE,
    /// `:` of a slice.
    SLICE,
    /// `:` before a type.
    ANNOTATION,
    /// `-` and `~` before an operand, `*` before what is spread, `...` before a name, `@` of a
    /// rule.
    PREFIX,
    INFIX,
    /// `|>`.
    PIPE,
    /// `=` before the value of a `let`.
    LET_IS,
    /// `=` before the body of a def, a module, or a type.
    BODY_IS,
    /// `=` before any other value.
    IS,
    /// `=` after `max` or `min` in an update.
    EXTREMUM_IS,
    /// `->` of a lambda.
    LAMBDA_ARROW,
    /// `->` of an arm.
    ARM_ARROW,
    /// `->` before the type of a result.
    RESULT_ARROW,
    /// `->` in the type of a function.
    TYPE_ARROW,
    THEN,
    ELSE,
    /// `else` of a statement.
    STATEMENT_ELSE,
    /// `for` and `if` after the body of a comprehension.
    CLAUSE,
    /// `for` and `while` after the carry of a loop, `max` after its condition.
    LOOP_CLAUSE,
    /// `with` before an index.
    CHANGE,
    /// `with` in a record.
    RECORD_WITH,
    /// `as` before dimensions.
    CONSTRAINT,
    /// `where` before the condition of a def.
    REQUIREMENT,
    /// `|` between variants or choices.
    BAR;

    private final boolean opens;

    Role() {
      this(false);
    }

    Role(boolean opens) {
      this.opens = opens;
    }

    /// Returns whether it opens a bracket.
    public boolean opens() {
      return opens;
    }
  }

  /// Returns whether it has a role.
  public boolean is(Role other) {
    return role == other;
  }
}
