package org.girih.ir.diagnostic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The stable codes. A code is never given another meaning; one that is no longer used is never
/// reused. The hundreds tell the subject: 0 syntax, 1 types and shapes, 2 names and calls, 3 static
/// values and sizes, 4 control flow and indexing, 5 what is not built yet, 6 files, 7 plugin and
/// device, 8 `.tir` and HLO input, 9 limits.
public enum Code {
  // 00xx: syntax
  SYNTAX("E0001"),
  BAD_CHARACTER("E0002"),
  UNCLOSED("E0003"),
  BAD_STRING("E0004"),
  BAD_NUMBER("E0005"),
  CHAINED_COMPARISON("E0006"),
  NESTED_TOO_DEEP("E0007"),
  NOT_UTF8("E0008"),
  MISPLACED("E0009"),

  // 01xx: types and shapes
  ILL_TYPED("E0100"),
  DTYPES_DIFFER("E0101"),
  SHAPES_DO_NOT_BROADCAST("E0102"),
  CONTRACTED_SIZES_DIFFER("E0103"),
  NOT_A_NUMBER("E0104"),
  LITERAL_DOES_NOT_FIT("E0105"),
  BAD_DTYPE_FOR_OP("E0106"),
  BAD_RANK("E0107"),
  BAD_AXIS("E0108"),
  BAD_RESHAPE("E0109"),
  BAD_EINSUM("E0110"),
  ANNOTATION_DIFFERS("E0111"),
  NO_SUCH_FIELD("E0112"),
  PATTERN_DOES_NOT_FIT("E0113"),
  TREES_DIFFER("E0114"),
  BRANCHES_DIFFER("E0115"),
  BOTH_SIDES_STRETCHED("E0116"),
  NOT_A_SCALAR_CONDITION("E0117"),
  UNKNOWN_TYPE("E0118"),
  SIZES_DIFFER("E0119"),
  EMPTY_REDUCTION("E0120"),
  NOT_DIFFERENTIABLE("E0121"),
  BAD_AXES("E0122"),
  TYPE_CYCLE("E0123"),
  TUPLE_OF_ARRAYS("E0124"),

  // 02xx: names and calls
  UNKNOWN_NAME("E0201"),
  DEFINED_TWICE("E0202"),
  NOT_A_FUNCTION("E0203"),
  WRONG_ARGUMENTS("E0204"),
  ENDLESS_RECURSION("E0205"),
  FUNCTION_AS_VALUE("E0206"),
  BAD_ENTRY("E0207"),
  NOT_AN_EFFECT("E0208"),
  BAD_RULE("E0209"),
  KEY_USED_TWICE("E0210"),
  MISUSED_MODULE("E0211"),
  WRONG_VARIABLES("E0212"),
  REBOUND_NAME("E0213"),
  BAD_BENCH("E0214"),
  REFUSED_BY_LIBRARY("E0215"),
  UNUSED("E0216"),
  VALUE_DROPPED("E0217"),

  // 03xx: static values and sizes
  NOT_STATIC("E0301"),
  SIZE_NOT_SOLVED("E0302"),
  NEGATIVE_SIZE("E0303"),
  STATIC_ARITHMETIC("E0304"),
  CONDITION_OF_DEF("E0305"),
  REQUIREMENT_FAILS("E0306"),

  // 04xx: control flow and indexing
  CARRY_CHANGES("E0401"),
  NOT_A_SEQUENCE("E0402"),
  INDEX_OUT_OF_BOUNDS("E0403"),
  MASK_AS_INDEX("E0404"),
  BAD_INDEX("E0405"),
  BAD_SLICE("E0406"),
  BAD_RANGE("E0407"),
  NOT_EXHAUSTIVE("E0408"),
  ARM_NEVER_TAKEN("E0409"),

  // 06xx: files
  CANNOT_READ("E0601"),
  CANNOT_WRITE("E0602"),
  IMPORT_CYCLE("E0603"),
  BAD_ARRAY_FILE("E0604"),
  BAD_ARCHIVE("E0605"),
  FILE_DIFFERS("E0606"),
  BAD_ARGUMENT_VALUE("E0607"),
  BAD_IMPORT("E0608"),
  BAD_ARTIFACT("E0609"),
  BAD_BENCH_FILE("E0610"),
  CHECKPOINT_IN_USE("E0611"),
  BAD_COMMAND_LINE("E0612"),

  // 07xx: plugin and device
  NO_PLUGIN("E0701"),
  BAD_PLUGIN("E0702"),
  PLUGIN_TOO_OLD("E0703"),
  PLUGIN_FAILED("E0704"),
  INSTALL_FAILED("E0705"),
  ASSERTION_FAILED("E0706"),
  OUT_OF_MEMORY("E0707"),
  BAD_CACHE("E0708"),
  NOT_FINITE("E0709"),
  POSITION_OUT_OF_BOUNDS("E0710"),
  DEVICE_LOCKED("E0711"),
  COMPILER_ENDED("E0712"),
  NO_DEVICE("E0713"),
  UNKNOWN_TARGET("E0714"),
  DOES_NOT_FIT("E0715"),
  TOO_LITTLE_ALLOWED("E0716"),
  PRINT_LEFT_OUT("E0717"),

  // 08xx: `.tir` and HLO input
  BAD_TIR("E0801"),
  BAD_HLO("E0802"),

  // 09xx: limits
  TOO_LARGE("E0901"),
  TOO_DEEP("E0902"),
  PASS_STOPPED("E0903"),
  WRONG_STAGE("E0904"),

  // 10xx: meshes and placement
  BAD_MESH("E1001"),
  UNKNOWN_MESH_AXIS("E1002"),
  MESH_AXIS_TWICE("E1003"),
  NOT_DIVISIBLE("E1004"),
  PLACEMENTS_DIFFER("E1005"),
  TOO_FEW_DEVICES("E1006");

  private final String text;

  Code(String text) {
    this.text = text;
  }

  /// Returns `E0103`: what is printed and what `girih explain` takes.
  public String text() {
    return text;
  }

  /// Returns the code with that text, whatever its case.
  public static Optional<Code> of(String text) {
    return Arrays.stream(values()).filter(c -> c.text.equalsIgnoreCase(text)).findFirst();
  }

  /// Returns the explanation in Markdown; its first line is `# E0103: title`.
  public String explanation() {
    String name = "explain/" + text + ".md";
    try (var in = Code.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new CompilerBug("no " + name + " for " + name());
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
