package dev.provisioning.controllers.engine;

import dev.provisioning.spi.failpoint.Failpoints;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.ResourceOperations;

/** JOSDK's own writes: they are in the cache before the next pass, and cause no pass themselves. */
record ResourceOperationsStore<R extends CustomResource<?, ?>>(ResourceOperations<R> operations)
    implements StatusStore<R> {
  @Override
  public R writeStatus(R resource) {
    return Failpoints.around(
        "status." + resource.getKind(), () -> operations.updatePrimaryStatus(resource));
  }

  @Override
  public R addFinalizer(R resource) {
    resource.addFinalizer(FINALIZER);
    return Failpoints.around(
        "finalizer-added." + resource.getKind(), () -> operations.updatePrimary(resource));
  }
}
