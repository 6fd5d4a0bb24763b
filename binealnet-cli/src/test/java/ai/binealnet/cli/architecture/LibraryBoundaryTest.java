package ai.binealnet.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** Which code may know which library. */
@AnalyzeClasses(packages = "ai.binealnet", importOptions = DoNotIncludeTests.class)
class LibraryBoundaryTest {

  /** A device leaves the training libraries out, so not even a detour may reach them. */
  @ArchTest
  void shouldRunOnADeviceWithoutTrainingLibraries(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage("ai.binealnet.deploy.runtime..", "ai.binealnet.*.decode..")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.bytedeco.dnnl..")
        .check(all);
  }

  /** Another kernel library, for another device, must not touch a layer. */
  @ArchTest
  void shouldKnowOneDnnInCoreTensorOnly(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackage("ai.binealnet.core.tensor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.dnnl..")
        .check(all);
  }
}
