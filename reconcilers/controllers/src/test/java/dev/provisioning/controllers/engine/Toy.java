package dev.provisioning.controllers.engine;

import dev.provisioning.planning.Action;
import dev.provisioning.planning.Ledger;
import dev.provisioning.planning.Plan;
import dev.provisioning.planning.Projection;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A kind with one action; its status counts the outcomes that were seen. */
@Group("test")
@Version("v1")
class Toy extends CustomResource<String, Toy.Status> {
  private static final long serialVersionUID = 1L;

  record Status(boolean intent, boolean done) {}

  record Input(Toy toy, Ledger ledger) {}

  record Turn(String key) implements Action {
    @Override
    public String name() {
      return "Turn";
    }

    @Override
    public String description() {
      return "turn it";
    }

    @Override
    public boolean destructive() {
      return false;
    }
  }

  static Toy named(String name) {
    Toy toy = new Toy();
    toy.getMetadata().setName(name);
    toy.getMetadata().setNamespace("test");
    toy.getMetadata().setUid("uid-" + name);
    return toy;
  }

  static Plan<Turn> plan(Input input) {
    boolean done =
        input.ledger().outcome("turn").isPresent()
            || input.toy().getStatus() != null && input.toy().getStatus().done();
    List<Turn> actions = done ? List.of() : List.of(new Turn("turn"));
    return new Plan<>(actions, actions, Optional.empty(), Optional.empty());
  }

  static Projection<Status> project(Input input, Plan<Turn> plan) {
    return new Projection<>(new Status(!plan.isEmpty(), plan.isEmpty()), List.of());
  }

  /** Remembers the writes; refuses them when told so. */
  static final class Store implements StatusStore<Toy> {
    final List<String> log;
    int refuseWith;

    Store(List<String> log) {
      this.log = log;
    }

    static Store empty() {
      return new Store(new ArrayList<>());
    }

    @Override
    public Toy writeStatus(Toy resource) {
      refuse();
      log.add("status");
      return resource;
    }

    @Override
    public Toy addFinalizer(Toy resource) {
      refuse();
      log.add("finalizer");
      resource.addFinalizer(FINALIZER);
      return resource;
    }

    private void refuse() {
      if (refuseWith != 0) {
        throw new KubernetesClientException("refused", refuseWith, null);
      }
    }
  }
}
