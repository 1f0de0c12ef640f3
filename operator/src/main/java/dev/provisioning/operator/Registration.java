package dev.provisioning.operator;

import dev.provisioning.controllers.Controller;
import dev.provisioning.controllers.engine.StatusStore;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.event.rate.LinearRateLimiter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/** How JOSDK drives a kind: every event that is not an echo of a status, retries without end. */
final class Registration {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofSeconds(60);
  private static final double RETRY_FACTOR = 2;
  private static final String FIELD_MANAGER = "provisioning-operator";

  private Registration() {}

  /** Gives what JOSDK's own cache of the kind holds. */
  static <R extends CustomResource<?, ?>> Supplier<List<R>> register(
      Operator operator, Controller<R> controller, Set<String> namespaces) {
    RegisteredController<R> registered =
        operator.register(
            controller.engine(),
            new ResolvedControllerConfiguration<>(
                controller.type().getSimpleName().toLowerCase(Locale.ROOT),
                false,
                controller.engine().getClass().getCanonicalName(),
                retry(),
                LinearRateLimiter.deactivatedRateLimiter(),
                null,
                StatusStore.FINALIZER,
                Map.of(),
                FIELD_MANAGER,
                operator.getConfigurationService(),
                informer(controller.type(), namespaces),
                true,
                null));
    return () -> cached(registered);
  }

  /** The interface tells the health of a cache, and nothing of what is in it. */
  private static <R extends CustomResource<?, ?>> List<R> cached(
      RegisteredController<R> registered) {
    return ((io.javaoperatorsdk.operator.processing.Controller<R>) registered)
        .getEventSourceManager()
        .getControllerEventSource()
        .list()
        .toList();
  }

  private static <R extends CustomResource<?, ?>> InformerConfiguration<R> informer(
      Class<R> type, Set<String> namespaces) {
    return InformerConfiguration.builder(type)
        .withNamespaces(
            namespaces.isEmpty()
                ? Set.of(io.javaoperatorsdk.operator.api.reconciler.Constants.WATCH_ALL_NAMESPACES)
                : namespaces)
        .withOnUpdateFilter(Registration::concernsUs)
        .buildForController();
  }

  /** Annotations carry approvals and requests, labels select: neither changes the generation. */
  static boolean concernsUs(CustomResource<?, ?> now, CustomResource<?, ?> before) {
    ObjectMeta a = now.getMetadata();
    ObjectMeta b = before.getMetadata();
    return !Objects.equals(a.getGeneration(), b.getGeneration())
        || !Objects.equals(a.getDeletionTimestamp(), b.getDeletionTimestamp())
        || !Objects.equals(a.getFinalizers(), b.getFinalizers())
        || !Objects.equals(a.getAnnotations(), b.getAnnotations())
        || !Objects.equals(a.getLabels(), b.getLabels());
  }

  private static GenericRetry retry() {
    return new GenericRetry()
        .withoutMaxAttempts()
        .setInitialInterval(FIRST_RETRY.toMillis())
        .setIntervalMultiplier(RETRY_FACTOR)
        .setMaxInterval(LAST_RETRY.toMillis());
  }
}
