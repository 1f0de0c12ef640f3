package dev.provisioning.controllers.taskserv;

import dev.provisioning.api.taskserv.GitHubSource;
import dev.provisioning.api.taskserv.TaskServDefinition;
import dev.provisioning.controllers.access.Refs;
import dev.provisioning.controllers.engine.Observer;
import dev.provisioning.controllers.engine.StatusStore;
import dev.provisioning.controllers.engine.Waker;
import dev.provisioning.controllers.ports.Releases;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.taskserv.Reading;
import dev.provisioning.planning.taskserv.definition.DefinitionInput;
import dev.provisioning.planning.taskserv.definition.Release;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads who uses a definition and, of one in use, what its publisher released since. */
final class DefinitionObserver implements Observer<TaskServDefinition, DefinitionInput> {
  private final Sight sight;
  private final Waker<TaskServDefinition> waker;

  DefinitionObserver(Sight sight, Waker<TaskServDefinition> waker) {
    this.sight = sight;
    this.waker = waker;
  }

  /** {@code updates}: how often publishers are asked. */
  record Sight(
      DefinitionUsers users,
      Releases releases,
      Readings<Asked, List<Release>> known,
      Duration updates) {}

  /** A publisher, asked on behalf of one definition. */
  record Asked(String definitionUid, GitHubSource source) {}

  @Override
  public DefinitionInput observe(TaskServDefinition definition, Ledger ledger, Instant now) {
    List<String> users = sight.users().of(definition);
    return new DefinitionInput(
        Refs.of(definition),
        definition.getSpec(),
        Optional.ofNullable(definition.getStatus()),
        new DefinitionInput.Use(definition.hasFinalizer(StatusStore.FINALIZER), users),
        users.isEmpty() ? new Reading.Pending<>() : releases(definition),
        ledger,
        now);
  }

  private Reading<List<Release>> releases(TaskServDefinition definition) {
    String uid = definition.getMetadata().getUid();
    GitHubSource source =
        definition.getSpec().versionSource() == null
            ? null
            : definition.getSpec().versionSource().gitHub();
    sight
        .known()
        .keepOnly(asked -> !asked.definitionUid().equals(uid) || asked.source().equals(source));
    if (source == null) {
      return new Reading.Pending<>();
    }
    ResourceID id = ResourceID.fromResource(definition);
    return sight
        .known()
        .look(
            new Asked(uid, source),
            new Readings.Question<>(
                () -> sight.releases().of(source), sight.updates(), () -> waker.wake(id)));
  }
}
