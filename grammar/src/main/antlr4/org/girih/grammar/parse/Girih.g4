/*
 * The grammar of Girih.
 *
 * Between lexer and parser stands the token filter (Layout.java). It cuts a file into its items, so
 * that `entry` parses one of them, and it settles by brackets what would else need unbounded
 * lookahead:
 *
 *   NL             a line break that ends a statement
 *   MESH           the name `mesh` at the head of an item, before `(`
 *   DEBUG          the name `debug` at the head of a statement, before `.print(`
 *   LAMBDA_PAREN   a `(` whose `)` stands before the `->` of a lambda
 *   LAMBDA_BRACE   a `{` after the `->` of a lambda or of an arm: always a block
 *
 * With these no decision looks further ahead than three tokens, except `loop (a, b` (a list of
 * names may be a pattern or a carry), so that parsing is linear. Precedence of operators is not
 * written here: `arith` is a flat list that OperatorBuilder.java folds, however long it is.
 */
grammar Girih;

tokens { NL, MESH, DEBUG, LAMBDA_PAREN, LAMBDA_BRACE }

/* Entry points: one item of a file, and the expression in a hole of a string. */
entry : item EOF ;
hole : expr EOF ;

/* Items */
item
  : 'import' importee (',' importee)*                                     # importItem
  | 'type' name sizeNames? '=' variant ('|' variant)+                     # sumItem
  | 'type' name sizeNames? '=' type                                       # typeItem
  | MESH '(' fieldDef (',' fieldDef)* ','? ')'                            # meshItem
  | 'test' STRING hostBlock                                               # testItem
  | 'bench' STRING hostBlock                                              # benchItem
  | derivativeOf? 'def' name typeNames? params result? requirement? body    # defItem
  | 'module' name typeNames? attributes params result? body                 # moduleItem
  | 'module' name '=' path                                                # moduleNameItem
  | stmt                                                                  # hostItem
  ;
importee : name # libraryImport | STRING 'as' name # fileImport ;
derivativeOf : '@' name '(' path ')' NL? ;
sizeNames : '[' name (',' name)* ','? ']' ;
typeNames : '[' typeName (',' typeName)* ','? ']' ;
typeName : name (':' kind = name)? | '...' name ;
requirement : 'where' expr ;
variant : name ('(' type (',' type)* ','? ')')? ;
params : '(' (param (',' param)* ','?)? ')' ;
attributes : '(' ((taken | param) (',' param)* ','?)? ')' ;
taken : '...' path ;
param : '*' name # restParam | pattern (':' type)? ('=' expr)? # plainParam ;
result : '->' type ;
body : '=' expr # expressionBody | block # blockBody ;

/* Blocks and statements */
block : '{' blockRest ;
blockRest : (blockItem NL)* expr '}' ;
blockItem
  : let                                                                   # innerLet
  | 'assert' expr (',' expr (',' expr)?)?                                 # innerAssert
  | debugPrint                                                            # innerPrint
  ;
debugPrint : DEBUG '.' name '(' (arg (',' arg)* ','?)? ')' ;
let : 'let' pattern (':' type)? '=' expr ;
hostBlock : '{' (stmt (NL stmt)*)? '}' ;
stmt
  : let                                                                   # letStmt
  | 'for' pattern 'in' iter hostBlock                                     # forStmt
  | 'while' expr hostBlock                                                # whileStmt
  | 'if' expr hostBranches                                                # ifStmt
  | 'if' expr branches                                                    # conditionalStmt
  | 'assert' expr (',' expr)?                                             # assertStmt
  | debugPrint                                                            # printStmt
  | plain                                                                 # effectStmt
  ;
hostBranches : hostBlock ('else' 'if' expr hostBlock)* ('else' hostBlock)? ;

/* Patterns: `(p)` is p, `(p,)` a tuple of one */
pattern
  : name                                                                  # namePattern
  | '_'                                                                   # wildcard
  | '(' patterns? ')'                                                     # tuplePattern
  | '{' (fieldPattern (',' fieldPattern)* (',' '...')? ','? | '...' ','?)? '}' # recordPattern
  ;
patterns : pattern (',' pattern)* ','? ;
fieldPattern : name ('=' pattern)? | STRING '=' pattern ;

/* Expressions: lambdas and `else` reach as far right as they can */
expr
  : 'if' expr branches                                                    # conditional
  | lambda                                                                # lambdaExpr
  | pipe                                                                  # pipeExpr
  ;
plain : lambda | pipe ;
branches : 'then' expr ('else' 'if' expr 'then' expr)* 'else' plain ;
lambda : lambdaHead '->' (LAMBDA_BRACE blockRest | expr) ;
lambdaHead : name | '_' | LAMBDA_PAREN (lambdaParam (',' lambdaParam)* ','?)? ')' ;
lambdaParam : pattern ('=' expr)? ;
pipe : update ('|>' update)* ;
update : arith (change | constraint)* ;
change : 'with' index (op = ('=' | '+=' | '*=') | extremum '=') arith ;
extremum : name ;
constraint : 'as' dims ;
arith : prefix* postfix (infix prefix* postfix)* ;
prefix : '-' | '~' | 'not' ;
infix
  : '**' | '@' | '*' | '/' | '//' | '%' | '+' | '-' | '<<' | '>>' | '&' | '^' | '|'
  | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or'
  ;
postfix : atom link* ;
link
  : '(' (arg (',' arg)* ','?)? ')'                                        # callLink
  | index                                                                 # indexLink
  | '.' name                                                              # fieldLink
  ;
arg : name '=' expr # namedArg | '*' expr # spreadArg | expr # positionalArg ;
index : '[' sub (',' sub)* ','? ']' ;
sub : from = expr sliceRest? | sliceRest ;
sliceRest : ':' to = expr? (':' step = expr?)? ;
atom
  : name                                                                  # nameAtom
  | INT                                                                   # intAtom
  | FLOAT                                                                 # floatAtom
  | STRING                                                                # stringAtom
  | 'true'                                                                # trueAtom
  | 'false'                                                               # falseAtom
  | 'none'                                                                # noneAtom
  | '...'                                                                 # ellipsisAtom
  | '(' (expr (generators | (',' expr)* ','?))? ')'                       # tupleAtom
  | '[' (expr (generators | (',' expr)* ','?))? ']'                       # arrayAtom
  | '{' (recordField (',' recordField)* ','?)? '}'                        # recordAtom
  | '{' base 'with' pathUpdate (',' pathUpdate)* ','? '}'                 # recordUpdateAtom
  | '{' (blockItem NL)+ expr '}'                                              # blockAtom
  | 'loop' carry loopHead block                                           # loopAtom
  | 'match' expr '{' arm ((',' | NL) arm)* ','? '}'                       # matchAtom
  ;
fieldDef : name ('=' expr)? ;
recordField : name ('=' expr)? | STRING '=' expr ;
field : name | STRING ;
base : postfix ;
pathUpdate : field ('.' field)* '=' expr ;
generators : 'for' generator (',' generator)* ('if' expr)? ;
arm : choice ('|' choice)* '->' (LAMBDA_BRACE blockRest | expr) ;
choice
  : '_'                                                                   # anyChoice
  | path ('(' patterns ')')?                                              # variantChoice
  | '-'? (INT | FLOAT)                                                    # numberChoice
  | STRING                                                                # textChoice
  | ('true' | 'false' | 'none')                                           # wordChoice
  ;
generator : pattern 'in' iter ;
iter : from = expr ('..' to = expr)? ;
carry
  : name                                                                  # nameCarry
  | pattern '=' expr                                                      # patternCarry
  | '(' fieldDef (',' fieldDef)* ','? ')'                                 # namesCarry
  ;
loopHead
  : 'for' generator                                                       # forHead
  | 'while' condition = expr ('max' limit = expr)?                        # whileHead
  ;
path : name ('.' name)* ;

/* Types */
type : plainType ('or' 'none')? ;
plainType
  : path dims?                                                            # namedType
  | ('(' | LAMBDA_PAREN) (items += type (',' items += type)* ','?)? ')' ('->' gives = type)? # tupleType
  | ('{' | LAMBDA_BRACE) (fieldType (',' fieldType)* (',' '...')? ','? | '...' ','?)? '}' # recordType
  ;
fieldType : field ':' type ;
dims : '[' dim (',' dim)* ','? ']' ;
dim : '...' name? # restDim | size ('@' axes)? # sizeDim ;
axes : name | '(' name (',' name)+ ','? ')' ;
size : sizeAtom (sizeOp sizeAtom)* ;
sizeOp : '*' | '//' | '+' | '-' ;
sizeAtom : '_' # anySize | path # nameSize | INT # intSize | '(' size ')' # innerSize ;

/* `type`, `test`, `bench`, `max` and `where` (and `mesh`, see above) are names where nothing else is meant */
name : IDENT | 'type' | 'test' | 'bench' | 'max' | 'where' ;

/* Tokens */
IMPORT : 'import' ;
TYPE : 'type' ;
TEST : 'test' ;
BENCH : 'bench' ;
DEF : 'def' ;
MODULE : 'module' ;
LET : 'let' ;
FOR : 'for' ;
IN : 'in' ;
WHILE : 'while' ;
MAX : 'max' ;
ASSERT : 'assert' ;
IF : 'if' ;
THEN : 'then' ;
ELSE : 'else' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
WITH : 'with' ;
AS : 'as' ;
LOOP : 'loop' ;
MATCH : 'match' ;
WHERE : 'where' ;
TRUE : 'true' ;
FALSE : 'false' ;
NONE : 'none' ;

LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
DOT : '.' ;
RANGE : '..' ;
ELLIPSIS : '...' ;
ASSIGN : '=' ;
ADD_ASSIGN : '+=' ;
MULTIPLY_ASSIGN : '*=' ;
ARROW : '->' ;
PIPE : '|>' ;
POWER : '**' ;
STAR : '*' ;
FLOOR_DIVIDE : '//' ;
SLASH : '/' ;
PERCENT : '%' ;
PLUS : '+' ;
MINUS : '-' ;
AT : '@' ;
TILDE : '~' ;
SHIFT_LEFT : '<<' ;
SHIFT_RIGHT : '>>' ;
AMPERSAND : '&' ;
CARET : '^' ;
BAR : '|' ;
EQ : '==' ;
NE : '!=' ;
LE : '<=' ;
GE : '>=' ;
LT : '<' ;
GT : '>' ;
UNDERSCORE : '_' ;

STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;   // holes are cut out and parsed by TextBuilder
FLOAT : DIGITS '.' DIGITS EXPONENT? | DIGITS EXPONENT ;   // so `0..n` is INT '..' name
INT : '0x' HEX ('_'? HEX)* | '0b' [01] ('_'? [01])* | DIGITS ;
IDENT : [a-zA-Z] [a-zA-Z0-9_]* | '_' [a-zA-Z0-9_]+ ;

/* What is told with a message of its own, by the token filter; the longest match wins */
OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
SINGLE_QUOTED : '\'' ~['\r\n]* '\'' ;
BAD_NUMBER : (DIGITS '.')? DIGITS [a-zA-Z0-9_]+ ;

DOC : '##' (~[#\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
COMMENT : '#' ~[\r\n]* -> skip ;
LINE : '\r'? '\n' -> channel(HIDDEN) ;
SPACE : [ \t\f]+ -> skip ;
BAD_CHARACTER : ~[\u0000-\u007F]+ | . ;

fragment DIGITS : [0-9] ('_'? [0-9])* ;
fragment HEX : [0-9a-fA-F] ;
fragment EXPONENT : [eE] [+-]? [0-9]+ ;
