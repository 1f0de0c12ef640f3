package dev.provisioning.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.provisioning.spi.Effect;
import dev.provisioning.spi.MachineProvider;
import dev.provisioning.spi.RemoteShell;
import dev.provisioning.spi.failpoint.Failpoints;
import dev.provisioning.spi.model.MachineRequest;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No effect without a failpoint: a rule, proven by classes that break it. */
class EffectsTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "dev.provisioning.controllers",
              "dev.provisioning.operator",
              "dev.provisioning.existing",
              "dev.provisioning.spi");

  /** Of Kubernetes clients; whatever changes an object begins like this. */
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "serverSideApply", "delete", "edit", "replace", "scale");

  private static final ArchRule FAILPOINTS =
      methods()
          .should(standBetweenFailpoints())
          .because("a crash there must be tried: Failpoints.around(name, effect), docs/faults.md");

  private static final ArchRule ONLY_EXECUTORS =
      noMethods()
          .that(DescribedPredicate.describe("are in no *Executor", EffectsTest::inNoExecutor))
          .should(callPorts())
          .because("an intent was written before an executor is called, and nowhere else");

  @Test
  void every_effect_stands_between_failpoints() {
    FAILPOINTS.check(PRODUCT);
  }

  @Test
  void only_executors_call_what_changes_machines() {
    ONLY_EXECUTORS.check(PRODUCT.that(resideIn("dev.provisioning.controllers")));
  }

  @Test
  void the_rules_see_the_effects_of_the_product() {
    long effects =
        PRODUCT.stream()
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> effects(method) > 0)
            .count();
    assertThat(effects).isGreaterThan(15);
  }

  @Test
  void an_effect_without_failpoint_breaks_the_build() {
    assertThatThrownBy(() -> FAILPOINTS.check(only(CarelessWriter.class)))
        .hasMessageContaining("CarelessWriter.write")
        .hasMessageContaining("KubernetesClient");
    assertThatThrownBy(() -> FAILPOINTS.check(only(CarelessMaker.class)))
        .hasMessageContaining("CarelessMaker.make");
    assertThatThrownBy(() -> FAILPOINTS.check(only(HalfCareful.class)))
        .hasMessageContaining("HalfCareful.make");
    assertThatThrownBy(() -> ONLY_EXECUTORS.check(only(CarelessMaker.class)))
        .hasMessageContaining("CarelessMaker.make");
  }

  private static ArchCondition<JavaMethod> standBetweenFailpoints() {
    return new ArchCondition<>("carry out effects between failpoints only") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        long effects = effects(method);
        if (effects > failpoints(method)) {
          events.add(
              SimpleConditionEvent.violated(
                  method,
                  "%s has %d effects (KubernetesClient or @Effect) and %d failpoints"
                      .formatted(method.getFullName(), effects, failpoints(method))));
        }
      }
    };
  }

  private static ArchCondition<JavaMethod> callPorts() {
    return new ArchCondition<>("call an @Effect of a port") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean calls = method.getMethodCallsFromSelf().stream().anyMatch(EffectsTest::isOfPort);
        events.add(new SimpleConditionEvent(method, calls, method.getFullName()));
      }
    };
  }

  private static boolean inNoExecutor(JavaMethod method) {
    return !method.getOwner().getSimpleName().endsWith("Executor");
  }

  private static DescribedPredicate<JavaClass> resideIn(String root) {
    return DescribedPredicate.describe("in " + root, t -> t.getPackageName().startsWith(root));
  }

  private static long effects(JavaMethod method) {
    long own = method.isAnnotatedWith(Effect.class) && hasBody(method) ? 1 : 0;
    long called =
        method.getMethodCallsFromSelf().stream()
            .filter(call -> isOfPort(call) && !isDoor(method) || isWrite(call))
            .count();
    return called > 0 ? called : isDoor(method) ? 0 : own;
  }

  /** A port before another one: who called it stands between failpoints already. */
  private static boolean isDoor(JavaMethod method) {
    return method.getOwner().isAssignableTo(MachineProvider.class)
        || method.getOwner().isAssignableTo(RemoteShell.class);
  }

  private static boolean hasBody(JavaMethod method) {
    return !method.getModifiers().contains(com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT);
  }

  private static long failpoints(JavaMethod method) {
    return method.getMethodCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().isEquivalentTo(Failpoints.class))
        .count();
  }

  private static boolean isOfPort(JavaMethodCall call) {
    return call.getTarget()
        .resolveMember()
        .filter(target -> target.isAnnotatedWith(Effect.class) && !hasBody(target))
        .isPresent();
  }

  /** The lease of leader election is the client's own affair: nobody here writes it. */
  private static boolean isWrite(JavaMethodCall call) {
    String owner = call.getTargetOwner().getPackageName();
    boolean client =
        owner.startsWith("io.fabric8.kubernetes.client")
            || owner.startsWith("io.javaoperatorsdk.operator.api.reconciler");
    return client && WRITES.stream().anyMatch(call.getName()::startsWith);
  }

  private static JavaClasses only(Class<?> type) {
    return new ClassFileImporter().importClasses(type, MachineProvider.class);
  }

  @SuppressWarnings("unused")
  private static final class CarelessWriter {
    void write(KubernetesClient client, Secret secret) {
      Runnable later = () -> client.resource(secret).create();
      later.run();
    }
  }

  @SuppressWarnings("unused")
  private static final class CarelessMaker {
    void make(MachineProvider provider, MachineRequest request) {
      provider.create(request);
    }
  }

  @SuppressWarnings("unused")
  private static final class HalfCareful {
    void make(MachineProvider provider, MachineRequest request, KubernetesClient client, Secret s) {
      Failpoints.around("provider.create", () -> provider.create(request));
      client.resource(s).delete();
    }
  }
}
