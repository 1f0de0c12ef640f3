package dev.provisioning.existing;

import dev.provisioning.spi.ProviderException;
import dev.provisioning.spi.model.Failure;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.ShellTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The machines that the Servers of one Workspace name. Every look-up asks the machine itself, and
 * fails with {@code Conflict(IdentityChanged)} where another one answers than was meant.
 */
record Fleet(TargetResolver targets, Hosts hosts) {
  private static final Duration UNNAMED_RETRY = Duration.ofSeconds(60);

  /** The machine at {@code spec.address} of this Server; empty when the Server names none. */
  Optional<Host> named(Owner owner) {
    return targets.of(owner).map(hosts::read);
  }

  /**
   * @throws ProviderException {@code Invalid(AddressMissing)} when the Server names none
   */
  Host of(Owner owner) {
    return hosts.read(address(owner));
  }

  /** The machine of this id; empty when no Server names its address any more. */
  Optional<Host> at(ExistingId id) {
    return targets.at(id.host(), id.port()).map(target -> same(id.machineId(), target));
  }

  /**
   * @throws ProviderException {@code Waiting(AddressUnknown)} when no Server names its address any
   *     more
   */
  Host require(MachineId id) {
    ExistingId known = ExistingId.require(id);
    return at(known)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Waiting(
                        "AddressUnknown",
                        "no Server names %s:%d any more, so there is no key to log in with"
                            .formatted(known.host(), known.port()),
                        UNNAMED_RETRY)));
  }

  /** The machine to adopt: at the address in the id, or at the Server's where the id has none. */
  Host candidate(MachineId id, Owner owner) {
    ShellTarget target =
        ExistingId.parse(id)
            .flatMap(known -> targets.at(known.host(), known.port()))
            .orElseGet(() -> address(owner));
    return same(ExistingId.machineIdIn(id), target);
  }

  /** What is seen of those that answer. All at once: one that hangs must not delay the others. */
  <T> List<T> answering(Function<Host, T> seen) {
    List<T> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> reads = new ArrayList<>();
      for (ShellTarget target : targets.all()) {
        reads.add(threads.submit(() -> seen.apply(hosts.read(target))));
      }
      for (Future<T> read : reads) {
        answer(read).ifPresent(answers::add);
      }
    }
    return answers;
  }

  private static <T> Optional<T> answer(Future<T> read) {
    try {
      return Optional.of(read.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProviderException) {
        return Optional.empty();
      }
      throw new IllegalStateException("reading a machine failed unforeseen", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProviderException(
          new Failure.Transient("Interrupted", "the list was interrupted", Duration.ZERO), e);
    }
  }

  private Host same(String machineId, ShellTarget target) {
    Host host = hosts.read(target);
    if (!host.state().machineId().equals(machineId)) {
      throw Hosts.identityChanged(host.place(), machineId, host.state().machineId());
    }
    return host;
  }

  private ShellTarget address(Owner owner) {
    return targets
        .of(owner)
        .orElseThrow(
            () ->
                new ProviderException(
                    new Failure.Invalid(
                        "AddressMissing",
                        "spec.address: a Server of provider type existing names its machine")));
  }
}
