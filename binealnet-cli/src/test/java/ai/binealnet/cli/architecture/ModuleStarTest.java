package ai.binealnet.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.stream.Stream;

/** The star: every module knows core, the command line knows every module, nothing else. */
@AnalyzeClasses(packages = "ai.binealnet", importOptions = DoNotIncludeTests.class)
class ModuleStarTest {
  private static final List<String> TASKS =
      List.of("classify", "detect", "segment", "superres", "match");
  private static final List<String> MODULES =
      Stream.concat(TASKS.stream(), Stream.of("core", "deploy", "cli")).toList();

  /** Without it the rules below would hold on a class path that lost a module. */
  @ArchTest
  void shouldSeeTheClassesOfEveryWrittenModule(JavaClasses all) {
    for (String module : List.of("core.graph", "classify", "detect", "segment", "deploy.lower")) {
      assertThat(all).anyMatch(c -> c.getPackageName().startsWith("ai.binealnet." + module));
    }
  }

  @ArchTest
  void shouldHoldEveryClassInAKnownModule(JavaClasses all) {
    classes().should().resideInAnyPackage(inside(MODULES)).check(all);
  }

  @ArchTest
  void shouldKeepTasksApartAndAwayFromDeploy(JavaClasses all) {
    for (String task : TASKS) {
      mayUseOnly(task, all, task, "core");
    }
  }

  @ArchTest
  void shouldKeepDeployAwayFromTasks(JavaClasses all) {
    mayUseOnly("deploy", all, "deploy", "core");
  }

  @ArchTest
  void shouldKeepCoreOnItsOwn(JavaClasses all) {
    mayUseOnly("core", all, "core");
  }

  private static void mayUseOnly(String module, JavaClasses all, String... allowed) {
    List<String> others = MODULES.stream().filter(m -> !List.of(allowed).contains(m)).toList();
    noClasses()
        .that()
        .resideInAnyPackage(inside(List.of(module)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(inside(others))
        .allowEmptyShould(true) // a task whose code comes later
        .check(all);
  }

  private static String[] inside(List<String> modules) {
    return modules.stream().map(m -> "ai.binealnet." + m + "..").toArray(String[]::new);
  }
}
