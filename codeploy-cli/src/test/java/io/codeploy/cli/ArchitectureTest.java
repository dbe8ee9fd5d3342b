package io.codeploy.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds what docs/architecture.md says about modules, packages, libraries and the edge. */
class ArchitectureTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.codeploy");

  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "cli", Set.of("multicopy", "multiquery", "agent", "chunkcache"),
          "multicopy", Set.of("multiquery"),
          "agent", Set.of("chunkcache"),
          "multiquery", Set.of(),
          "chunkcache", Set.of(),
          "fixtures", Set.of());

  /** Calls that reach outside a program unseen; "*" stands for every member. */
  private static final Map<String, Set<String>> EDGES =
      Map.of(
          "java.lang.System",
              Set.of(
                  "nanoTime", "currentTimeMillis", "getenv", "getProperty", "exit", "out", "err"),
          "java.lang.Thread", Set.of("sleep"),
          "java.lang.Runtime", Set.of("exit", "halt"),
          "java.time.Instant", Set.of("now"),
          "java.util.Random", Set.of("<init>"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.util.concurrent.ThreadLocalRandom", Set.of("*"));

  /** What mains share, and the seam for time. */
  private static final Set<String> SHARED_EDGE =
      Set.of("io.codeploy.multiquery.command.Program", "io.codeploy.multiquery.fanout.TimeSource");

  @ParameterizedTest
  @ValueSource(strings = {"cli", "multicopy", "agent", "multiquery", "chunkcache", "fixtures"})
  void followsTheArrowsBetweenModules(String module) {
    String[] forbidden =
        ARROWS.keySet().stream()
            .filter(other -> !other.equals(module) && !ARROWS.get(module).contains(other))
            .map(other -> "io.codeploy." + other + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage("io.codeploy." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(OURS);
  }

  @Test
  void hasNoModuleWithoutArrows() {
    List<String> strangers =
        OURS.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.equals("io.codeploy") && !ARROWS.containsKey(moduleOf(name)))
            .distinct()
            .toList();

    assertEquals(List.of(), strangers);
  }

  /** A node's clock may be years off; the monotonic one is enough for what nodes do. */
  @Test
  void hasNoWallClockOnNodes() {
    noClasses()
        .that()
        .resideInAnyPackage("io.codeploy.agent..", "io.codeploy.chunkcache..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.InstantSource")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.time.Clock")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Date")
        .check(OURS);
  }

  @Test
  void hasNoCyclesBetweenPackages() {
    slices().matching("io.codeploy.(**)").should().beFreeOfCycles().check(OURS);
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.sshd.., io.codeploy.multiquery.ssh..;io.codeploy.fixtures..",
    "org.bouncycastle.., io.codeploy.multiquery.ssh.curve..;io.codeploy.multiquery.ssh.key..",
    "org.eclipse.jetty.., io.codeploy.chunkcache.http..",
    "okhttp3.., io.codeploy.chunkcache.origin..;io.codeploy.chunkcache.proxy..;"
        + "io.codeploy.cli.fleet..;io.codeploy.cli.origin..",
    "picocli.., io.codeploy.*.command..",
    "java.lang.foreign.., io.codeploy.multiquery.ssh.cipher.."
  })
  void keepsALibraryInItsPackages(String library, String homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes.split(";", -1))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .allowEmptyShould(true)
        .check(OURS);
  }

  /** It is not to be loaded where a command is given, and not to be found all over a prompt. */
  @Test
  void keepsTheLineEditorInTwoClasses() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "io\\.codeploy\\.multiquery\\.prompt\\.Terminal(Keyboard|Parser)(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jline..")
        .check(OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunkcache.swarm.policy", "chunkcache.member", "multiquery.barrier"})
  void keepsPoliciesPure(String room) {
    noClasses()
        .that()
        .resideInAPackage("io.codeploy." + room)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.io..",
            "java.net..",
            "java.nio.file..",
            "java.nio.channels..",
            "java.util.concurrent..")
        .check(OURS);
  }

  @Test
  void describesEveryPackageAndMarksItNullMarked() {
    List<String> bare =
        OURS.stream()
            .map(JavaClass::getPackage)
            .distinct()
            .filter(room -> !isNullMarked(room))
            .map(JavaPackage::getName)
            .toList();

    assertEquals(List.of(), bare, "packages without a @NullMarked package-info.java");
  }

  @Test
  void readsTimeChanceAndEnvironmentOnlyInMains() {
    DescribedPredicate<JavaAccess<?>> reachesOutside =
        describe("reach outside the program", ArchitectureTest::isEdge);

    noClasses()
        .that(describe("are not at the edge", ArchitectureTest::isInside))
        .should()
        .accessTargetWhere(reachesOutside)
        .check(OURS);
  }

  @Test
  void callsAProgramMainAndPutsItIntoACommandPackage() {
    classes()
        .that()
        .haveSimpleName("Main")
        .and()
        .resideOutsideOfPackage("io.codeploy.fixtures..")
        .should()
        .resideInAnyPackage("io.codeploy.*.command", "io.codeploy.agent.daemon")
        .allowEmptyShould(true)
        .check(OURS);
  }

  private static String moduleOf(String packageName) {
    return packageName.substring("io.codeploy.".length()).split("\\.", -1)[0];
  }

  private static boolean isNullMarked(JavaPackage room) {
    return room.tryGetPackageInfo()
        .map(info -> info.isAnnotatedWith(NullMarked.class))
        .orElse(false);
  }

  private static boolean isInside(JavaClass type) {
    JavaClass outermost = type;
    while (outermost.getEnclosingClass().isPresent()) {
      outermost = outermost.getEnclosingClass().get();
    }
    return !outermost.getSimpleName().equals("Main")
        && !SHARED_EDGE.contains(outermost.getFullName())
        && !outermost.getPackageName().startsWith("io.codeploy.fixtures");
  }

  private static boolean isEdge(JavaAccess<?> access) {
    Set<String> members = EDGES.getOrDefault(access.getTargetOwner().getFullName(), Set.of());
    return members.contains("*") || members.contains(access.getTarget().getName());
  }
}
