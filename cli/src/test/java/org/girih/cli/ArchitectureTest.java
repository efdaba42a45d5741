package org.girih.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between the modules: `ir` and `runtime` know nobody, the others know `ir`, `cli`
/// knows all. Maven's reactor holds them between modules; this holds them when classes move, and
/// within.
@AnalyzeClasses(packages = "org.girih", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ARROWS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("org.girih..")
          .layer("ir")
          .definedBy("org.girih.ir..")
          .layer("grammar")
          .definedBy("org.girih.grammar..")
          .layer("passes")
          .definedBy("org.girih.passes..")
          .layer("hlo-emitter")
          .definedBy("org.girih.hlo..")
          .layer("runtime")
          .definedBy("org.girih.runtime..")
          .layer("embed")
          .definedBy("org.girih.embed..")
          .layer("cli")
          .definedBy("org.girih.cli..")
          .whereLayer("ir")
          .mayNotAccessAnyLayer()
          .whereLayer("runtime")
          .mayNotAccessAnyLayer()
          .whereLayer("grammar")
          .mayOnlyAccessLayers("ir")
          .whereLayer("passes")
          .mayOnlyAccessLayers("ir")
          .whereLayer("hlo-emitter")
          .mayOnlyAccessLayers("ir")
          .whereLayer("embed")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule PROTOBUF_STAYS_AT_ITS_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.girih.hlo..", "org.girih.embed..", "org.girih.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule ANTLR_STAYS_IN_THE_PARSER =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.girih.grammar.parse..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.antlr..");

  @ArchTest
  static final ArchRule PICOCLI_STAYS_IN_THE_COMMANDS =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.girih.cli.command..", "org.girih.cli.dist..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /// Values, printing and files know neither a command nor the plugin.
  @ArchTest
  static final ArchRule HOST_ARRAYS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.girih.cli.array..", "org.girih.cli.print..", "org.girih.cli.file..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.girih.cli.command..", "org.girih.cli.run..");
}
