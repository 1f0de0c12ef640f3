package dev.provisioning.spi;

import dev.provisioning.spi.model.Accepted;
import dev.provisioning.spi.model.Capabilities;
import dev.provisioning.spi.model.Catalog;
import dev.provisioning.spi.model.Change;
import dev.provisioning.spi.model.Console;
import dev.provisioning.spi.model.IdempotencyKey;
import dev.provisioning.spi.model.Leftover;
import dev.provisioning.spi.model.ListQuery;
import dev.provisioning.spi.model.Machine;
import dev.provisioning.spi.model.MachineId;
import dev.provisioning.spi.model.MachineRequest;
import dev.provisioning.spi.model.Owner;
import dev.provisioning.spi.model.Page;
import dev.provisioning.spi.model.Probe;
import java.util.List;
import java.util.Optional;

/**
 * One provider entry of a Workspace. Thread-safe; rebuilt when its Secret changes. Every method may
 * throw {@link ProviderException} and nothing else. The rules P1–P23 that an implementation must
 * keep are tests: {@code MachineProviderContract} in the testkit.
 */
public interface MachineProvider extends AutoCloseable {
  /** Asks nobody and never fails. */
  @ReadOnly
  Capabilities capabilities();

  /** Whether credentials, permissions and endpoint work; failures are answers, not exceptions. */
  @ReadOnly
  Probe probe();

  /** What this account can be asked for now. */
  @ReadOnly
  Catalog catalog();

  /** May lag behind; for the poller only. */
  @ReadOnly
  Page list(ListQuery query);

  /** Uncached: every machine of this Server uid, any incarnation, that is not Gone. */
  @ReadOnly
  List<Machine> find(Owner owner);

  /** Uncached; empty means that the provider denies that the machine exists. */
  @ReadOnly
  Optional<Machine> read(MachineId id);

  /** Empty where the provider keeps none, as {@link Capabilities#console} says. */
  @ReadOnly
  Optional<Console> console(MachineId id);

  /** Everything with our operator's tag: the orphan report. */
  @ReadOnly
  List<Leftover> leftovers();

  /**
   * Makes the machine, or finds that this try made it already. Where that takes several calls and
   * only some were made, the machine shows as {@link Machine#halfMade()} and a create with the same
   * key completes it, also where the wish has changed since: that is for {@code change} to bring
   * about.
   */
  @Effect
  Accepted create(MachineRequest request);

  /** Adopts a machine that exists; refused when another owner has it (P9). */
  @Effect
  Accepted claim(MachineId id, Owner owner);

  /**
   * Brings the machine to a state; one that already holds is success (P12). Refused unless {@code
   * owner} has it, as a look of this very call finds (P7).
   */
  @Effect
  Accepted change(MachineId id, Owner owner, Change change, IdempotencyKey key);

  /**
   * Deletes machine and everything that create made; absent is success (P8, P19). {@code
   * keepStorage} spares the data volumes. Refused unless {@code owner} has it (P7).
   */
  @Effect
  Accepted delete(MachineId id, Owner owner, boolean keepStorage, IdempotencyKey key);

  /**
   * Gives the machine up without touching it: removes our ownership tags only. Absent is success.
   */
  @Effect
  Accepted release(MachineId id, Owner owner);

  @Override
  void close();
}
