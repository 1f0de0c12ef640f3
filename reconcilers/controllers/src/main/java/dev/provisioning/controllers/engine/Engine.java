package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Lets JOSDK drive the passes of one kind. JOSDK decides nothing: it queues, caches and retries.
 */
public final class Engine<R extends CustomResource<?, S>, I, A extends Action, S>
    implements Reconciler<R> {
  private final Pass<R, I, A, S> pass;
  private final Pass.Shell<R> shell;
  private final Function<EventSourceContext<R>, List<EventSource<?, R>>> sources;

  /** {@code sources} makes the event sources beside the engine's own. */
  public Engine(
      Kind<R, I, A, S> kind,
      Pass.Shell<R> shell,
      Function<EventSourceContext<R>, List<EventSource<?, R>>> sources) {
    this.pass = new Pass<>(kind, shell);
    this.shell = shell;
    this.sources = sources;
  }

  @Override
  public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
    List<EventSource<?, R>> all = new ArrayList<>(sources.apply(context));
    all.add(shell.waker().source());
    shell.metrics().begin(context.getPrimaryResourceClass().getSimpleName());
    return all;
  }

  @Override
  public UpdateControl<R> reconcile(R resource, Context<R> context) {
    if (context.isPrimaryResourceDeleted()) {
      shell.runner().forget(resource.getMetadata().getUid());
      return UpdateControl.noUpdate();
    }
    Instant start = shell.clock().instant();
    EngineMetrics.Result result = EngineMetrics.Result.FAILED;
    try {
      Pass.Ending ending =
          pass.run(resource, new ResourceOperationsStore<>(context.resourceOperations()));
      result = ending.result();
      UpdateControl<R> control = UpdateControl.noUpdate();
      ending.recheckAfter().ifPresent(control::rescheduleAfter);
      return control;
    } finally {
      Duration took = Duration.between(start, shell.clock().instant());
      shell.metrics().pass(resource.getKind(), result, took);
    }
  }
}
