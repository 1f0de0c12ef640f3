package dev.provisioning.planning.server;

import dev.provisioning.api.server.FactsStatus;
import dev.provisioning.api.server.FirstContact;
import dev.provisioning.api.server.MachineStatus;
import dev.provisioning.api.server.ServerStatus;
import dev.provisioning.planning.Failures;
import dev.provisioning.planning.Ledger;
import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Contact;
import dev.provisioning.spi.model.MachineFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The last status with the outcomes of this process' effects folded in. */
record Folded(ServerStatus status, Failures failures) {
  /** What the world is waited for for is not a matter of the spec. */
  private static final Set<String> WORLDLY = Set.of(ServerView.LOOK, Tries.LAUNCH);

  static Folded of(ServerInput input) {
    ServerStatus status = input.status();
    Failures failures = new Failures(status.failures());
    Long seen = status.observedGeneration();
    if (seen != null && seen >= 0 && seen != input.ref().generation()) {
      failures = failures.keeping(WORLDLY);
    }
    for (Map.Entry<String, Ledger.Outcome> entry : input.ledger().finished().entrySet()) {
      String key = entry.getKey();
      switch (entry.getValue()) {
        case Ledger.Succeeded done -> {
          failures = failures.without(key);
          status = succeeded(status, key, done);
        }
        case Ledger.Failed failed -> {
          status = Tries.nothingMade(key, failed.failure()) ? withoutIntent(status) : status;
          if (Tries.nextFallback(input, key)) {
            failures = failures.without(key);
          } else {
            failures =
                failures.with(
                    key,
                    failed.failure(),
                    new Failures.Moment(failed.at(), input.ref().uid()),
                    Tries.retryAfter(input, key, failed.failure()));
          }
        }
      }
    }
    return new Folded(status, failures);
  }

  private static ServerStatus withoutIntent(ServerStatus status) {
    return status.with(b -> b.intent(null));
  }

  static boolean login(String key) {
    return key.startsWith("pin/") || key.startsWith("switch/") || key.startsWith("contact/");
  }

  private static ServerStatus succeeded(ServerStatus status, String key, Ledger.Succeeded done) {
    Object result = done.result().orElse(null);
    boolean made =
        key.startsWith(ServerAction.CreateMachine.PREFIX)
            || key.startsWith(ServerAction.AdoptMachine.PREFIX);
    if (made && status.machine() == null && result instanceof Accepted accepted) {
      return status.with(b -> b.machine(machine(accepted)));
    }
    if (key.startsWith(ServerAction.DeleteMachine.PREFIX)) {
      return answered(status, key);
    }
    if (key.startsWith("pin/") && result instanceof String fingerprint) {
      return status.with(b -> b.hostKeys(List.of(fingerprint)));
    }
    if (login(key) && result instanceof Contact contact) {
      return contacted(status, contact, done.at().truncatedTo(ChronoUnit.SECONDS));
    }
    return status;
  }

  private static ServerStatus answered(ServerStatus status, String key) {
    boolean intended = status.intent() != null && status.intent().action().equals(key);
    return intended ? status.with(b -> b.intent(status.intent().withAnswered(true))) : status;
  }

  private static MachineStatus machine(Accepted accepted) {
    return new MachineStatus(accepted.id().value(), null, null, null, null, null, "Pending", null);
  }

  private static ServerStatus contacted(ServerStatus status, Contact contact, Instant at) {
    FirstContact before = status.firstContact();
    Instant started = before == null || before.startedAt() == null ? at : before.startedAt();
    int incarnation = status.incarnation() == null ? 1 : status.incarnation();
    return status.with(
        b ->
            b.hostKeys(List.of(contact.hostKey()))
                .facts(facts(contact.facts()))
                .firstContact(new FirstContact(started, at, null, incarnation))
                .bootstrap(null));
  }

  static FactsStatus facts(MachineFacts facts) {
    return new FactsStatus(
        facts.os(),
        facts.version(),
        facts.architecture(),
        facts.kernel(),
        facts.cores(),
        facts.memoryMb(),
        facts.diskGb(),
        facts.systemd(),
        facts.machineId(),
        facts.bootId());
  }
}
