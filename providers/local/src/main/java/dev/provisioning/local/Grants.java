package dev.provisioning.local;

import static com.github.dockerjava.api.model.Capability.ALL;
import static com.github.dockerjava.api.model.Capability.BPF;
import static com.github.dockerjava.api.model.Capability.CHECKPOINT_RESTORE;
import static com.github.dockerjava.api.model.Capability.NET_ADMIN;
import static com.github.dockerjava.api.model.Capability.PERFMON;
import static com.github.dockerjava.api.model.Capability.SYS_ADMIN;
import static com.github.dockerjava.api.model.Capability.SYS_PTRACE;
import static com.github.dockerjava.api.model.Capability.SYS_RESOURCE;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.HostConfig;
import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What this engine lets a container have, found by trying: an engine inside a container or a
 * restricted machine refuses what another grants, and says so only when a container starts.
 */
record Grants(Set<Capability> capabilities) {
  /** Label of the containers that try it out; they live for a moment. */
  static final String PROBE_LABEL = "provisioning.dev/probe";

  /** No probe takes this long. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(2);

  /** From everything to what systemd cannot do without. */
  private static final List<Set<Capability>> LADDER =
      List.of(
          EnumSet.of(ALL),
          everythingBut(EnumSet.of(SYS_RESOURCE)),
          everythingBut(EnumSet.of(SYS_RESOURCE, BPF, PERFMON, CHECKPOINT_RESTORE)),
          EnumSet.of(SYS_ADMIN, NET_ADMIN, SYS_PTRACE),
          EnumSet.of(SYS_ADMIN));

  private static Set<Capability> everythingBut(Set<Capability> some) {
    EnumSet<Capability> rest = EnumSet.complementOf(EnumSet.copyOf(some));
    rest.remove(ALL);
    return rest;
  }

  /**
   * @throws ProviderException {@code Denied(EngineTooRestricted)} when not even the least works
   */
  static Grants probe(Engine engine, String image, Instant now) {
    return EngineFailures.read(
        "trying what the container engine grants",
        () -> {
          removeForgotten(engine, now);
          return climb(engine, image);
        });
  }

  /** A crash or a broken connection in an earlier probe may have left its container. */
  private static void removeForgotten(Engine engine, Instant now) {
    List<Container> probes =
        engine
            .client()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(List.of(PROBE_LABEL))
            .exec();
    for (Container probe : probes) {
      if (Instant.ofEpochSecond(probe.getCreated()).isBefore(now.minus(FORGOTTEN))) {
        engine.client().removeContainerCmd(probe.getId()).withForce(true).exec();
      }
    }
  }

  private static Grants climb(Engine engine, String image) {
    String last = "";
    for (Set<Capability> rung : LADDER) {
      try {
        attempt(engine, image, rung);
        return new Grants(rung);
      } catch (NotFoundException e) {
        throw MachineMaker.imageMissing(image, e);
      } catch (DockerException e) {
        last = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
      }
    }
    throw new ProviderException(
        new Failure.Denied(
            "EngineTooRestricted",
            "the container engine grants no CAP_SYS_ADMIN, which systemd needs: " + last));
  }

  private static void attempt(Engine engine, String image, Set<Capability> rung) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withCapAdd(rung.toArray(Capability[]::new))
            .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"));
    String id =
        engine
            .client()
            .createContainerCmd(image)
            .withName("provisioning-probe-" + UUID.randomUUID())
            .withLabels(Map.of(PROBE_LABEL, "capabilities"))
            .withEntrypoint("/bin/true")
            .withCmd(List.of())
            .withNetworkDisabled(true)
            .withHostConfig(host)
            .exec()
            .getId();
    try {
      engine.client().startContainerCmd(id).exec();
    } finally {
      engine.client().removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
    }
  }

  Capability[] toArray() {
    return capabilities.toArray(Capability[]::new);
  }

  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
