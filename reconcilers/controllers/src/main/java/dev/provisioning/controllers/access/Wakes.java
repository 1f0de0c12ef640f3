package dev.provisioning.controllers.access;

import dev.provisioning.controllers.engine.Waker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Has resources woken by what changes beside them. They are told by the very caches that passes
 * read: with others a pass could read too early, and nothing would call it again.
 *
 * @param own those that may be woken
 */
public record Wakes<R extends HasMetadata>(
    Informers informers, Waker<R> waker, IndexerResourceCache<R> own) {

  /** What {@link dev.provisioning.controllers.engine.Engine} asks for, with no source but these. */
  public static <R extends HasMetadata>
      Function<EventSourceContext<R>, List<EventSource<?, R>>> sources(
          Informers informers, Waker<R> waker, Consumer<Wakes<R>> register) {
    return context -> {
      register.accept(new Wakes<>(informers, waker, context.getPrimaryCache()));
      return List.of();
    };
  }

  /** {@code changed}, of what was and what is, says which updates matter. */
  public <T extends HasMetadata> void on(
      Class<T> type, BiPredicate<T, T> changed, Function<T, Stream<R>> whom) {
    informers.onChange(
        type,
        change -> {
          // Before they are started all are about to have a pass, and their cache is not filled.
          if (waker.running() && change.matters(changed)) {
            whom.apply(change.object()).map(ResourceID::fromResource).forEach(waker::wake);
          }
        });
  }

  /** {@link #on}, for objects that concern at most what is in their own namespace. */
  public <T extends HasMetadata> void onNeighbour(
      Class<T> type, BiPredicate<T, T> changed, BiPredicate<T, R> concerns) {
    on(type, changed, one -> own.list(namespace(one), mine -> concerns.test(one, mine)));
  }

  /** {@link #on}, for definitions: those of the operator's namespace concern all namespaces. */
  public <T extends HasMetadata> void onDefinition(
      Class<T> type, BiPredicate<T, T> changed, String operatorNamespace) {
    Predicate<R> any = mine -> true;
    on(
        type,
        changed,
        one ->
            operatorNamespace.equals(namespace(one))
                ? own.list(any)
                : own.list(namespace(one), any));
  }

  private static String namespace(HasMetadata one) {
    return one.getMetadata().getNamespace();
  }
}
