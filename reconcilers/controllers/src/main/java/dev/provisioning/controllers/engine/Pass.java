package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One pass over one resource, without any Kubernetes runtime: everything it writes goes through a
 * {@link StatusStore}, everything it starts through the {@link OperationRunner}.
 */
public final class Pass<R extends CustomResource<?, S>, I, A extends Action, S> {
  private static final Duration DEPOSED = Duration.ofSeconds(5);

  private final Kind<R, I, A, S> kind;
  private final Shell<R> shell;
  private final Conflicts conflicts = new Conflicts();

  public Pass(Kind<R, I, A, S> kind, Shell<R> shell) {
    this.kind = kind;
    this.shell = shell;
  }

  /** What a pass needs beside its kind. */
  public record Shell<R extends CustomResource<?, ?>>(
      OperationRunner runner,
      Waker<R> waker,
      EventRecorder events,
      EngineMetrics metrics,
      Clock clock) {}

  /** How the pass ended and when the next one is due. */
  public record Ending(EngineMetrics.Result result, Optional<Duration> recheckAfter) {}

  /** {@code resource} is ours to change. */
  public Ending run(R resource, StatusStore<R> store) {
    if (!shell.runner().leads()) {
      return deposed();
    }
    String uid = resource.getMetadata().getUid();
    Ledger ledger = shell.runner().ledger(uid);
    I input = kind.observer().observe(resource, ledger, shell.clock().instant());
    Plan<A> plan = startable(kind.planner().plan(input));
    Projection<S> projection = kind.projector().project(input, plan);
    boolean changed = !Objects.equals(resource.getStatus(), projection.status());
    if (!shell.runner().leads()) {
      return deposed();
    }
    R published;
    try {
      published = publish(resource, plan, projection.status(), store);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        // Somebody was faster: what was decided is void, nothing was started.
        return new Ending(EngineMetrics.Result.WAITING, Optional.of(conflicts.another(uid)));
      }
      conflicts.none(uid);
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return new Ending(EngineMetrics.Result.WAITING, Optional.empty());
      }
      throw e;
    }
    if (changed) {
      plan.blocker().ifPresent(why -> shell.metrics().failure(resource.getKind(), why));
    }
    conflicts.none(uid);
    projection.events().forEach(event -> shell.events().record(published, event));
    shell.runner().acknowledge(uid, ledger);
    for (A action : plan.front()) {
      if (!ledger.isRunning(action.key())) {
        start(published, input, action);
      }
    }
    return new Ending(
        changed ? EngineMetrics.Result.CHANGED : EngineMetrics.Result.UNCHANGED,
        plan.recheckAfter());
  }

  /** What was read is nobody's business any more: whoever leads now decides. */
  private Ending deposed() {
    shell.metrics().rejected();
    return new Ending(EngineMetrics.Result.WAITING, Optional.of(DEPOSED));
  }

  /** While the process ends, outcomes are told and no intent is written that it cannot keep. */
  private Plan<A> startable(Plan<A> plan) {
    return shell.runner().starts()
        ? plan
        : new Plan<>(plan.actions(), List.of(), plan.blocker(), plan.recheckAfter());
  }

  private R publish(R resource, Plan<A> plan, S status, StatusStore<R> store) {
    R current = resource;
    if (wantsFinalizer(resource, plan)) {
      current = store.addFinalizer(current);
    }
    if (Objects.equals(current.getStatus(), status)) {
      return current;
    }
    current.setStatus(status);
    return store.writeStatus(current);
  }

  private boolean wantsFinalizer(R resource, Plan<A> plan) {
    return !resource.isMarkedForDeletion()
        && !resource.hasFinalizer(StatusStore.FINALIZER)
        && switch (kind.finalizer()) {
          case ALWAYS -> true;
          case BEFORE_EFFECTS -> !plan.front().isEmpty();
          case NEVER -> false;
        };
  }

  private void start(R resource, I input, A action) {
    ResourceID id = ResourceID.fromResource(resource);
    shell
        .runner()
        .start(
            resource.getMetadata().getUid(),
            action.key(),
            progress ->
                kind.executor()
                    .execute(new Executor.Execution<>(resource, input, action, progress)),
            new OperationRunner.Listener(
                ended -> {
                  shell.metrics().ended(action, ended.outcome(), ended.took());
                  shell.waker().wake(id);
                },
                () -> shell.waker().wakeSoon(id)));
  }
}
