package ai.binealnet.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.ArrayList;
import java.util.List;

/** The star of modules, the order of core's packages, and who may touch which native library. */
@AnalyzeClasses(packages = "ai.binealnet", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> TASKS =
      List.of("classify", "detect", "segment", "superres", "match");

  /** Each may use only those before it. */
  private static final List<String> CORE =
      List.of(
          "graph",
          "tensor",
          "autograd",
          "binary",
          "nn",
          "backbone",
          "data",
          "metric",
          "optim",
          "train",
          "report");

  @ArchTest
  static final ArchRule shouldKeepCoreFreeOfTheOtherModules =
      noClasses()
          .that()
          .resideInAPackage("ai.binealnet.core..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(modules(TASKS, "deploy", "cli")));

  @ArchTest
  static final ArchRule shouldKeepDeployFreeOfTasks =
      noClasses()
          .that()
          .resideInAPackage("ai.binealnet.deploy..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(modules(TASKS, "cli")));

  @ArchTest static final ArchRule shouldKeepTasksApartFromEachOtherAndFromDeploy = tasksApart();

  @ArchTest static final ArchRule shouldKeepTheOrderOfCorePackages = coreOrder();

  @ArchTest
  static final ArchRule shouldLeaveTrainingOutOfWhatRunsOnDevices =
      noClasses()
          .that()
          .resideInAnyPackage("ai.binealnet.deploy.runtime..", "ai.binealnet.*.decode..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                  "org.nd4j..",
                  "org.bytedeco.dnnl..",
                  "ai.binealnet.core.tensor..",
                  "ai.binealnet.core.autograd..",
                  "ai.binealnet.core.binary..",
                  "ai.binealnet.core.nn..",
                  "ai.binealnet.core.backbone..",
                  "ai.binealnet.core.optim..",
                  "ai.binealnet.core.train.."));

  @ArchTest
  static final ArchRule shouldTouchOneDnnInTensorOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("ai.binealnet.core.tensor..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.bytedeco.dnnl.."));

  @ArchTest
  static final ArchRule shouldHaveNoCycleBetweenPackages =
      slices().matching("ai.binealnet.(*).(*)..").should().beFreeOfCycles();

  private static ArchRule tasksApart() {
    List<ArchRule> rules = new ArrayList<>();
    for (String task : TASKS) {
      List<String> others = TASKS.stream().filter(other -> !other.equals(task)).toList();
      rules.add(
          noClasses()
              .that()
              .resideInAPackage("ai.binealnet." + task + "..")
              .should()
              .dependOnClassesThat(resideInAnyPackage(modules(others, "deploy", "cli")))
              .allowEmptyShould(true)); // a task that is still to come has no classes
    }
    return CompositeArchRule.of(rules);
  }

  private static ArchRule coreOrder() {
    List<ArchRule> rules = new ArrayList<>();
    for (int i = 0; i < CORE.size() - 1; i++) {
      String[] later =
          CORE.subList(i + 1, CORE.size()).stream()
              .map(name -> "ai.binealnet.core." + name + "..")
              .toArray(String[]::new);
      rules.add(
          noClasses()
              .that()
              .resideInAPackage("ai.binealnet.core." + CORE.get(i) + "..")
              .should()
              .dependOnClassesThat(resideInAnyPackage(later)));
    }
    return CompositeArchRule.of(rules);
  }

  private static String[] modules(List<String> tasks, String... more) {
    List<String> packages = new ArrayList<>(tasks);
    packages.addAll(List.of(more));
    return packages.stream().map(name -> "ai.binealnet." + name + "..").toArray(String[]::new);
  }
}
