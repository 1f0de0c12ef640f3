package dev.provisioning.planning;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The core decides over data alone; each rule is proven by a class that breaks it. */
class PurityTest {
  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.provisioning.planning");

  private static final Set<String> NOW =
      Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC");
  private static final Set<String> SURROUNDINGS = Set.of("getenv", "getProperty", "exit");

  private static final DescribedPredicate<JavaAccess<?>> OUTSIDE =
      describe(
          "reads a clock, the environment or chance",
          access -> {
            String owner = access.getTargetOwner().getName();
            String name = access.getTarget().getName();
            return owner.startsWith("java.time.") && NOW.contains(name)
                || owner.equals("java.lang.System")
                    && (NOW.contains(name) || SURROUNDINGS.contains(name))
                || owner.equals("java.util.Random")
                || owner.equals("java.security.SecureRandom")
                || name.equals("randomUUID");
          });

  private static final ArchRule NOTHING_FROM_OUTSIDE =
      noClasses().should().accessTargetWhere(OUTSIDE).because("equal inputs give equal plans");

  private static final ArchRule NO_TALK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.slf4j..",
              "java.util.logging..",
              "java.net.http..",
              "java.nio.file..",
              "io.fabric8.kubernetes.client..")
          .because("a decision talks to nobody");

  private static final ArchRule NAMES =
      classes()
          .should()
          .haveNameNotMatching(".*(Utils?|Helper|Manager|Impl|Common)$")
          .because("a name says what a thing is");

  @Test
  void nothingComesFromOutside() {
    NOTHING_FROM_OUTSIDE.check(CORE);
    broken(NOTHING_FROM_OUTSIDE, ReadsAClock.class);
    broken(NOTHING_FROM_OUTSIDE, ReliesOnChance.class);
  }

  @Test
  void theCoreTalksToNobody() {
    NO_TALK.check(CORE);
    broken(NO_TALK, TalksToADisk.class);
  }

  @Test
  void kindsDoNotKnowEachOther() {
    for (String kind : Set.of("server", "taskserv", "workspace")) {
      for (String other : Set.of("server", "taskserv", "workspace")) {
        if (!kind.equals(other)) {
          noClasses()
              .that()
              .resideInAPackage("dev.provisioning.planning." + kind + "..")
              .should()
              .dependOnClassesThat()
              .resideInAPackage("dev.provisioning.planning." + other + "..")
              .allowEmptyShould(true)
              .check(CORE);
        }
      }
    }
  }

  @Test
  void namesSaySomething() {
    NAMES.check(CORE);
    broken(NAMES, SomethingUtils.class);
  }

  private static void broken(ArchRule rule, Class<?> violator) {
    JavaClasses classes = new ClassFileImporter().importClasses(violator);
    assertThatThrownBy(() -> rule.check(classes)).isInstanceOf(AssertionError.class);
  }

  static final class ReadsAClock {
    Instant when() {
      return Instant.now();
    }
  }

  static final class ReliesOnChance {
    int any() {
      return new Random().nextInt();
    }
  }

  static final class TalksToADisk {
    boolean exists(java.nio.file.Path path) {
      return path.isAbsolute();
    }
  }

  static final class SomethingUtils {}
}
