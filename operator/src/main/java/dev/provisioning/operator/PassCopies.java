package dev.provisioning.operator;

import dev.provisioning.api.server.Server;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * The copy of a cached object that a pass may change. Of Servers there are thousands, each is
 * looked at every minute, and what they say are records all the way down: these are shared, the
 * metadata is copied. Other kinds hold JSON trees, which can be changed: they are copied whole.
 *
 * @param whole copies all of an object, by way of JSON
 */
record PassCopies(Cloner whole) implements Cloner {
  @Override
  @SuppressWarnings("unchecked")
  public <R extends HasMetadata> R clone(R object) {
    return object instanceof Server server ? (R) copy(server) : whole.clone(object);
  }

  private static Server copy(Server server) {
    Server copy = new Server();
    copy.setMetadata(new ObjectMetaBuilder(server.getMetadata()).build());
    copy.setSpec(server.getSpec());
    copy.setStatus(server.getStatus());
    return copy;
  }
}
