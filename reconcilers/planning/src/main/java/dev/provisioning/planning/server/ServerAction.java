package dev.provisioning.planning.server;

import dev.provisioning.api.server.ResolvedMachine;
import dev.provisioning.planning.Action;
import dev.provisioning.planning.DestroyGrant;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.MachineId;
import java.util.Objects;
import java.util.Optional;

/** Everything that is ever done for a Server. */
public sealed interface ServerAction extends Action {
  /**
   * Whether it touches the provider, so that an intent and, where asked for, approval precede it;
   * the others log in to the machine or end our part in it.
   */
  default boolean onProvider() {
    return true;
  }

  /**
   * Makes the machine of this incarnation, or finds that the same try made it already.
   *
   * @param content names all that is sent, but for the values of Secrets
   */
  record CreateMachine(
      int incarnation,
      ResolvedMachine resolved,
      IdempotencyKey idempotencyKey,
      String description,
      String content)
      implements ServerAction {
    static final String PREFIX = "create/";

    @Override
    public String key() {
      return PREFIX + incarnation;
    }
  }

  /** Takes over a machine that exists. */
  record AdoptMachine(int incarnation, MachineId machine) implements ServerAction {
    static final String PREFIX = "adopt/";

    @Override
    public String key() {
      return PREFIX + incarnation;
    }

    @Override
    public String description() {
      return "take over machine " + machine;
    }
  }

  /**
   * Brings a machine to another state. {@code round} tells one wish from an equal one later: it is
   * the generation of the spec.
   */
  record ChangeMachine(
      MachineId machine, int incarnation, Change change, String description, long round)
      implements ServerAction {
    @Override
    public String key() {
      return name() + "/" + ChangeNames.subject(change) + machine + "/" + round;
    }

    static boolean isKey(String key) {
      return ChangeNames.ALL.contains(key.substring(0, Math.max(0, key.indexOf('/'))));
    }

    @Override
    public String content() {
      return Contents.of(change);
    }

    /** The field of the applied state that it changes; empty for volumes, which only grow. */
    String field() {
      return ChangeNames.field(change);
    }

    @Override
    public String name() {
      return ChangeNames.action(change);
    }
  }

  /**
   * The wish to end a machine for another one; shown and hashed, never carried out. Once a person
   * has pinned its hash, {@link DeleteMachine} follows.
   */
  record ReplaceMachine(MachineId machine, String description) implements ServerAction {
    @Override
    public String key() {
      return "replace/" + machine;
    }

    @Override
    public boolean destructive() {
      return true;
    }
  }

  /** Ends a machine; there is none without a grant for the same Server. */
  record DeleteMachine(
      DestroyGrant grant,
      MachineId machine,
      int incarnation,
      boolean keepStorage,
      Optional<String> replacedBecause)
      implements ServerAction {
    static final String PREFIX = "delete/";
    static final String REPLACED = "/replaced";

    public DeleteMachine {
      Objects.requireNonNull(grant, "nothing is destroyed without a grant");
    }

    @Override
    public String key() {
      return PREFIX + machine + (replacedBecause.isPresent() ? REPLACED : "");
    }

    @Override
    public String description() {
      return "delete machine %s%s%s"
          .formatted(
              machine,
              keepStorage ? ", keeping its data volumes" : "",
              replacedBecause.map(why -> " to replace it: " + why).orElse(""));
    }

    @Override
    public boolean destructive() {
      return true;
    }
  }

  /** Gives a machine up without touching it. */
  record ReleaseMachine(MachineId machine, int incarnation) implements ServerAction {
    static final String PREFIX = "release/";

    @Override
    public String key() {
      return PREFIX + machine;
    }

    @Override
    public String description() {
      return "release machine %s; it goes on running".formatted(machine);
    }
  }

  /** Lets a new machine, known by its bootstrap key, make a host key of its own. */
  record PinHostKey(int incarnation) implements ServerAction {
    @Override
    public String key() {
      return "pin/" + incarnation;
    }

    @Override
    public String description() {
      return "log in with the bootstrap host key and pin the machine's own";
    }

    @Override
    public boolean onProvider() {
      return false;
    }
  }

  /** Makes the machine use its own host key and proves it by a second login. */
  record SwitchHostKey(int incarnation, String fingerprint) implements ServerAction {
    @Override
    public String key() {
      return "switch/" + incarnation;
    }

    @Override
    public String description() {
      return "switch to host key %s and forget the bootstrap key".formatted(fingerprint);
    }

    @Override
    public boolean onProvider() {
      return false;
    }
  }

  /** Logs in to a machine with host keys that a person gave, and reads its facts. */
  record ContactMachine(int incarnation) implements ServerAction {
    @Override
    public String key() {
      return "contact/" + incarnation;
    }

    @Override
    public String description() {
      return "log in, check the host key and read the machine's facts";
    }

    @Override
    public boolean onProvider() {
      return false;
    }
  }

  /** Removes our finalizer: nothing of this Server is left. */
  record LetGo() implements ServerAction {
    static final String KEY = "let-go";

    @Override
    public String key() {
      return KEY;
    }

    @Override
    public String description() {
      return "let the Server go";
    }

    @Override
    public boolean onProvider() {
      return false;
    }
  }
}
