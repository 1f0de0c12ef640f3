package dev.provisioning.operator.mistakes;

import static org.awaitility.Awaitility.await;

import dev.provisioning.api.Condition;
import dev.provisioning.api.ConditionStatus;
import dev.provisioning.planning.Conditions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** One namespace with one mistake in it, played before a running operator. */
final class World {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private final KubernetesClient client;
  private final String namespace;
  private final Mistake mistake;
  private final UnaryOperator<String> filledIn;

  /** {@code filledIn} puts what is known at run time only into documents. */
  World(
      KubernetesClient client, String namespace, Mistake mistake, UnaryOperator<String> filledIn) {
    this.client = client;
    this.namespace = namespace;
    this.mistake = mistake;
    this.filledIn = filledIn;
  }

  /** Makes the mistake; {@code spoil} does what is done to the machine. */
  void err(Runnable spoil) {
    List<String> before = mistake.at(Mistake.Time.EXISTS);
    List<String> deleted = mistake.at(Mistake.Time.DELETED);
    before.forEach(this::apply);
    before.forEach(this::awaitReady);
    spoil.run();
    mistake.wrong().forEach(this::apply);
    if (!deleted.isEmpty()) {
      mistake.wrong().forEach(this::awaitReady);
      deleted.forEach(this::delete);
    }
  }

  /** Corrects it, and waits until all is as it was meant. */
  void correct() {
    List<String> gone = new ArrayList<>(mistake.at(Mistake.Time.AT_FIRST));
    gone.forEach(this::delete);
    List<String> deleted = mistake.at(Mistake.Time.DELETED);
    mistake.rightOf(Mistake.Time.DELETED).forEach(this::applyIfThere);
    mistake.rightOf(Mistake.Time.ALWAYS).forEach(this::apply);
    mistake.rightOf(Mistake.Time.THEN).forEach(this::apply);
    gone.addAll(deleted);
    gone.forEach(this::awaitGone);
    mistake.rightOf(Mistake.Time.ALWAYS).forEach(this::awaitReady);
    mistake.rightOf(Mistake.Time.THEN).forEach(this::awaitReady);
  }

  /** What a person reads now of what the mistake is about. */
  List<String> read() {
    return mistake.subjects().stream().map(this::read).toList();
  }

  private String read(String subject) {
    String[] words = subject.split(" ");
    GenericKubernetesResource object = resource(words[0], words[1]).get();
    String found = object == null ? "is gone" : sentence(object);
    return subject + " " + Words.plain(found, namespace);
  }

  private static String sentence(GenericKubernetesResource object) {
    Optional<Condition> ready = condition(object, Conditions.READY);
    String state =
        condition(object, Conditions.STALLED).isPresent()
            ? "is stalled, "
            : condition(object, Conditions.RECONCILING).isPresent() ? "goes on, " : "is quiet, ";
    return ready.map(c -> state + c.reason() + ": " + c.message()).orElse("says nothing");
  }

  static Optional<Condition> condition(GenericKubernetesResource object, String type) {
    Object status = object.getAdditionalProperties().get("status");
    Object all = status instanceof Map<?, ?> map ? map.get("conditions") : null;
    List<?> conditions = all instanceof List<?> list ? list : List.of();
    return Conditions.find(
        conditions.stream().map(each -> JSON.convertValue(each, Condition.class)).toList(), type);
  }

  /** Applies what is there for all mistakes. */
  void prepare(String manifest) {
    for (String document : manifest.split("(?m)^---$")) {
      apply(document);
      awaitReady(document);
    }
  }

  private void apply(String manifest) {
    client
        .resource(filledIn.apply(manifest))
        .inNamespace(namespace)
        .forceConflicts()
        .serverSideApply();
  }

  private void applyIfThere(String manifest) {
    if (client.resource(filledIn.apply(manifest)).inNamespace(namespace).get() != null) {
      apply(manifest);
    }
  }

  private void delete(String manifest) {
    client.resource(filledIn.apply(manifest)).inNamespace(namespace).delete();
  }

  private void awaitReady(String manifest) {
    HasMetadata wished = client.resource(filledIn.apply(manifest)).item();
    if (!wished.getApiVersion().startsWith("provisioning.dev/")) {
      return;
    }
    var resource = resource(wished.getKind(), wished.getMetadata().getName());
    await(this + ": " + wished.getKind() + " " + wished.getMetadata().getName() + " is ready")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(resource::get, World::isReady);
  }

  private void awaitGone(String manifest) {
    var resource = client.resource(filledIn.apply(manifest)).inNamespace(namespace);
    await(this + ": " + resource.item().getMetadata().getName() + " is gone")
        .atMost(PATIENCE)
        .pollInterval(POLL)
        .until(() -> resource.get() == null);
  }

  private static boolean isReady(GenericKubernetesResource object) {
    return condition(object, Conditions.READY)
        .filter(c -> c.status() == ConditionStatus.True)
        .filter(c -> object.getMetadata().getGeneration().equals(c.observedGeneration()))
        .isPresent();
  }

  private Resource<GenericKubernetesResource> resource(String kind, String name) {
    return client
        .genericKubernetesResources("provisioning.dev/v1alpha1", kind)
        .inNamespace(namespace)
        .withName(name);
  }

  @Override
  public String toString() {
    return mistake == null ? "what is there for all" : mistake.file();
  }
}
