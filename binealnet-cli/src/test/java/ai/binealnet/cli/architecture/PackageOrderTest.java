package ai.binealnet.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;

/** Packages inside a module: core's order, no cycles anywhere, never deeper than two. */
@AnalyzeClasses(packages = "ai.binealnet", importOptions = DoNotIncludeTests.class)
class PackageOrderTest {
  /** Each may use those before it only. */
  private static final List<String> CORE =
      List.of(
          "graph",
          "tensor",
          "autograd",
          "binary",
          "nn",
          "backbone",
          "data",
          "inference",
          "metric",
          "optim",
          "train",
          "instrument",
          "report",
          "task");

  @ArchTest
  void shouldUseOnlyEarlierPackagesInsideCore(JavaClasses all) {
    for (int i = 0; i < CORE.size() - 1; i++) {
      String[] later = inside(CORE.subList(i + 1, CORE.size()));
      noClasses()
          .that()
          .resideInAPackage(inside(CORE.get(i)))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true) // a package whose code comes later
          .check(all);
    }
  }

  @ArchTest
  void shouldPlaceEveryClassOfCoreInThatOrder(JavaClasses all) {
    classes()
        .that()
        .resideInAPackage("ai.binealnet.core..")
        .should()
        .resideInAnyPackage(inside(CORE))
        .check(all);
  }

  @ArchTest
  void shouldKeepTheGraphFreeOfLibraries(JavaClasses all) {
    classes()
        .that()
        .resideInAPackage(inside("graph"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", inside("graph"))
        .check(all);
  }

  @ArchTest
  void shouldHaveNoCyclesBetweenPackages(JavaClasses all) {
    slices().matching("ai.binealnet.(**)").should().beFreeOfCycles().check(all);
  }

  @ArchTest
  void shouldNestPackagesAtMostTwoDeepInAModule(JavaClasses all) {
    assertThat(all)
        .allSatisfy(
            c ->
                assertThat(c.getPackageName())
                    .as("package of %s", c.getName())
                    .matches("ai\\.binealnet\\.[a-z]+(\\.[a-z]+){0,2}"));
  }

  private static String inside(String corePackage) {
    return "ai.binealnet.core." + corePackage + "..";
  }

  private static String[] inside(List<String> corePackages) {
    return corePackages.stream().map(PackageOrderTest::inside).toArray(String[]::new);
  }
}
