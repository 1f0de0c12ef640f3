package dev.provisioning.controllers.access;

import dev.provisioning.planning.ResourceRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The metadata that decisions need, from an object of Kubernetes. */
public final class Refs {
  private Refs() {}

  public static ResourceRef of(HasMetadata resource) {
    ObjectMeta meta = resource.getMetadata();
    return new ResourceRef(
        resource.getKind(),
        meta.getNamespace(),
        meta.getName(),
        meta.getUid(),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        Instant.parse(meta.getCreationTimestamp()),
        Optional.ofNullable(meta.getDeletionTimestamp()).map(Instant::parse),
        Objects.requireNonNullElse(meta.getLabels(), Map.of()),
        Objects.requireNonNullElse(meta.getAnnotations(), Map.of()));
  }
}
