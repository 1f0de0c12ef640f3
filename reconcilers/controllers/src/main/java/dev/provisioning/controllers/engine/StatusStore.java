package dev.provisioning.controllers.engine;

import io.fabric8.kubernetes.client.CustomResource;

/**
 * The writes of one pass, under optimistic locking: a write fails with HTTP 409 when the object is
 * no longer the one observed.
 */
public interface StatusStore<R extends CustomResource<?, ?>> {
  /** Name of the finalizer on every object whose deletion we have to see. */
  String FINALIZER = "provisioning.dev/finalizer";

  /** Replaces the status and returns the object as stored. */
  R writeStatus(R resource);

  /** Puts {@link #FINALIZER} on the object and returns it as stored. */
  R addFinalizer(R resource);
}
