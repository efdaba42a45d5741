package org.girih.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows between the modules: `ir` and `runtime` know nobody, the others know `ir`, `host`
/// runs what they make, and `cli` knows all. Maven's reactor holds them between modules; this holds
/// them when classes move, and within.
@AnalyzeClasses(
    packages = "org.girih",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  /// Leaves out what tests share: a folder of classes in `mvn test`, a jar in `mvn verify`.
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

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
          .layer("host")
          .definedBy("org.girih.host..")
          .layer("embed")
          .definedBy("org.girih.embed..")
          .layer("cli")
          .definedBy("org.girih.cli..")
          .whereLayer("ir")
          .mayNotAccessAnyLayer()
          .whereLayer("runtime")
          .mayOnlyAccessLayers("ir", "hlo-emitter")
          .whereLayer("grammar")
          .mayOnlyAccessLayers("ir")
          .whereLayer("passes")
          .mayOnlyAccessLayers("ir")
          .whereLayer("hlo-emitter")
          .mayOnlyAccessLayers("ir")
          .whereLayer("host")
          .mayOnlyAccessLayers("ir", "grammar", "passes", "hlo-emitter", "runtime")
          .whereLayer("embed")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer();

  /// The runtime takes modules as bytes; it looks into those alone that lie in an artifact.
  @ArchTest
  static final ArchRule BYTES =
      noClasses()
          .that()
          .resideInAPackage("org.girih.runtime..")
          .and()
          .doNotHaveSimpleName("StoredModule")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.girih.hlo..", "org.girih.ir..");

  @ArchTest
  static final ArchRule PROTOBUF_STAYS_AT_ITS_PLACE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "org.girih.hlo..", "org.girih.host..", "org.girih.embed..", "org.girih.cli..")
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
          .resideOutsideOfPackages(
              "org.girih.cli.command..", "org.girih.cli.dist..", "org.girih.cli.pages..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  /// Programs run without a command line: what draws or shows progress comes from outside.
  @ArchTest
  static final ArchRule THE_HOST_HAS_NO_HEAVY_LIBRARIES =
      noClasses()
          .that()
          .resideInAPackage("org.girih.host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.jfree..", "me.tongfei..", "java.awt..");

  /// Within a module packages stand on each other, and none imports back.
  @ArchTest
  static final ArchRule NO_PACKAGE_IMPORTS_BACK =
      slices().matching("org.girih.(**)").should().beFreeOfCycles();

  /// The elaborator's rooms, with all that lies in them.
  @ArchTest
  static final ArchRule NO_PART_OF_THE_ELABORATOR_IMPORTS_BACK =
      slices().matching("org.girih.grammar.elaborate.(*)..").should().beFreeOfCycles();

  /// Values, printing and files know neither a device nor the steps of a program.
  @ArchTest
  static final ArchRule HOST_ARRAYS_STAND_ALONE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.girih.host.array..", "org.girih.host.print..", "org.girih.host.file..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.girih.host.run..", "org.girih.grammar..");
}
